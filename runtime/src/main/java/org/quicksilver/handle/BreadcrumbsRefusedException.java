package org.quicksilver.handle;

import java.io.IOException;

/**
 * A file is not a breadcrumb file that this program can read. The message names the file and says
 * why; the file is untouched.
 */
public final class BreadcrumbsRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  BreadcrumbsRefusedException(String message) {
    super(message);
  }
}

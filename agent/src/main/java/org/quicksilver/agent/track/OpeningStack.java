package org.quicksilver.agent.track;

/**
 * Where a handle was opened, to be read later, if ever. Suppressed exceptions would cost a list
 * each.
 */
final class OpeningStack extends Throwable {
  private static final long serialVersionUID = 1;

  OpeningStack() {
    super(null, null, false, true);
  }
}

package org.quicksilver.log;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that tear logs by the thousand: recovery says nothing of each. */
final class QuietRecovery implements BeforeAllCallback, AfterAllCallback {

  private static final Logger RECOVERY = Logger.getLogger(LogRecovery.class.getName());

  @Override
  public void beforeAll(ExtensionContext context) {
    RECOVERY.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    RECOVERY.setLevel(null);
  }
}

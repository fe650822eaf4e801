package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The bank in recoverable memory, killed again and again, with both engines. {@code
 * -Dquicksilver.bank.kills=1000} for that many in each.
 */
class BankIT {

  /** In one bank, so that one that hangs is noticed. */
  private static final int MOST_KILLS = 20;

  @RegisterExtension final Room room = new Room();

  private void killed(Jdk jdk, String engine) throws Exception {
    int kills = Integer.getInteger("quicksilver.bank.kills", 3);
    for (int left = kills; left > 0; left -= MOST_KILLS) {
      int now = Math.min(left, MOST_KILLS);
      Outcome outcome =
          room.run(
              JavaProgram.of(jdk, "aware.bank.Bank")
                  .classPath(Places.aware())
                  .quick()
                  .option("-Djava.io.tmpdir=" + room.directory())
                  .arguments("--engine", engine, "--kills", now));
      assertEquals("", outcome.stderr());
      assertEquals(0, outcome.exitCode(), outcome::stdout);
      assertTrue(outcome.stdout().contains("killed " + now + " times"), outcome::stdout);
    }
  }

  @OnEachJdk
  void bankInLrvmNeverLosesOrInventsMoney(Jdk jdk) throws Exception {
    killed(jdk, "lrvm");
  }

  @OnEachJdk
  void bankInVistaNeverLosesOrInventsMoney(Jdk jdk) throws Exception {
    killed(jdk, "vista");
  }
}

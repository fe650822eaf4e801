package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.log.Writings.FILES;
import static org.quicksilver.log.Writings.SMALL;
import static org.quicksilver.log.Writings.TM;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.TransactionId;

@ExtendWith(QuietRecovery.class)
final class LogDumpTest {

  private static final TransactionId TID = new TransactionId(0xc0ffeeL, 7, 42);

  private final SimulatedDisk disk = new SimulatedDisk();

  private List<String> dump() throws IOException {
    List<String> lines = new ArrayList<>();
    assertEquals(
        Optional.empty(),
        LogDump.of(disk, line -> lines.add(line.toString().replaceAll(" +", " "))));
    return lines;
  }

  @Test
  void everyRecordIsALineForPeople() throws IOException {
    ForcedLog log = ForcedLog.open(disk, SMALL);
    Participant process =
        Participant.joining(
            new ProcessParticipant(3), ParticipationClass.TWO_PHASE, DeathEffect.FAIL);
    log.append(TM, encoded(new LogRecord.Commit(TID, List.of(process))));
    log.append(TM, encoded(new LogRecord.Heuristic(TID, Outcome.ABORTED)));
    log.append(TM, encoded(new LogRecord.End(TID)));
    log.append(TM, Writings.bytes("nonsense"));
    log.append(FILES, Writings.bytes("rename /a to /b; undo: rename /b to /a"));
    log.append(FILES, ByteBuffer.wrap(new byte[] {0, (byte) 0xff, 10}));
    log.checkpoint(FILES, log.append(FILES, ByteBuffer.allocate(0)));
    log.close();
    assertEquals(
        List.of(
            "1.0 1:512 - 12 begin after 0.0",
            "1.0 1:552 - 12 group; forced before: 1.0",
            "1.1 1:592 tm 44 commit 0000000000c0ffee-00000007-2a [process 3]",
            "1.2 1:664 tm 23 heuristic 0000000000c0ffee-00000007-2a aborted",
            "1.3 1:720 tm 22 end 0000000000c0ffee-00000007-2a",
            "1.4 1:768 tm 8 a log record of version 110; this program knows 1: \"nonsense\"",
            "1.5 1:808 files 38 \"rename /a to /b; undo: rename /b\"...",
            "1.6 1:880 files 3 00 ff 0a",
            "1.7 1:912 files 0 \"\"",
            "1.8 1:944 - 14 low-water mark files=1.7",
            "1.8 1:984 - 12 group; forced before: 1.8"),
        dump());
  }

  private static ByteBuffer encoded(LogRecord log) {
    return ByteBuffer.wrap(LogRecordCodec.encode(log));
  }

  @Test
  void everyRecordOfATransactionManagerIsSaidInOneLine() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      LogRecord log = LogRecordCodecTest.any(random);
      String text = RecordText.of(TM, LogRecordCodec.encode(log));
      assertTrue(text.contains(log.tid().toString()), text);
      assertEquals(1, text.lines().count(), text);
    }
  }

  @Test
  void itEndsAtTheFirstProblemAndNamesIt() throws IOException {
    ForcedLog log = ForcedLog.open(disk, SMALL);
    log.append(TM, Writings.bytes("a"));
    log.append(TM, Writings.bytes("b"));
    log.close();
    disk.bytes(1)[640] ^= 1;
    List<LogDump.Line> lines = new ArrayList<>();
    LogProblem problem = LogDump.of(disk, lines::add).orElseThrow();
    assertEquals(LogProblem.Kind.DAMAGE, problem.kind());
    assertEquals(624, problem.offset());
    assertEquals(3, lines.size());
  }

  @Test
  void aLogThatIsNotThereIsEmptyAndSound() throws IOException {
    assertEquals(List.of(), dump());
    assertEquals(new LogVerification(0, 0, 0, Optional.empty()), LogVerification.of(disk));
  }
}

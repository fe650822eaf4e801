package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quicksilver.handle.Seed;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

final class LogRecordCodecTest {

  /** Any record. */
  static LogRecord any(Random random) {
    TransactionId tid =
        new TransactionId(random.nextLong(), random.nextInt(), random.nextLong() & (-1L >>> 1));
    return switch (random.nextInt(4)) {
      case 0 ->
          new LogRecord.Prepared(
              tid,
              node(random),
              new NodeId(random.nextLong() | 1),
              random.nextInt(),
              nodes(random),
              participants(random));
      case 1 -> new LogRecord.Commit(tid, participants(random));
      case 2 -> new LogRecord.Heuristic(tid, one(random, Outcome.values()));
      default -> new LogRecord.End(tid);
    };
  }

  private static <T> T one(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  private static NodeParticipant node(Random random) {
    return new NodeParticipant(new NodeId(random.nextLong() | 1), random.nextInt());
  }

  private static List<NodeParticipant> nodes(Random random) {
    List<NodeParticipant> nodes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      nodes.add(node(random));
    }
    return nodes;
  }

  private static List<Participant> participants(Random random) {
    List<Participant> participants = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      boolean remote = random.nextBoolean();
      ParticipantId id =
          remote ? node(random) : new ProcessParticipant(random.nextInt(), random.nextInt());
      participants.add(
          new Participant(
              id,
              remote ? ParticipationClass.TWO_PHASE : one(random, ParticipationClass.values()),
              one(random, DeathEffect.values()),
              one(random, Progress.values()),
              random.nextBoolean() ? null : one(random, Vote.values()),
              random.nextInt(),
              random.nextBoolean()));
    }
    return participants;
  }

  @Test
  void whatIsEncodedIsDecodedTheSame() {
    Seed.run(
        random -> {
          for (int i = 0; i < 5000; i++) {
            LogRecord log = any(random);
            assertEquals(log, LogRecordCodec.decode(LogRecordCodec.encode(log)));
          }
        });
  }

  @Test
  void damagedBytesAreRefusedOrAreAnotherRecord() {
    Seed.run(
        random -> {
          for (int i = 0; i < 5000; i++) {
            byte[] bytes = LogRecordCodec.encode(any(random));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
              assertArrayEquals(bytes, LogRecordCodec.encode(LogRecordCodec.decode(bytes)));
            } catch (MalformedLogRecordException expected) {
              assertTrue(expected.getMessage().startsWith("a log record "));
            }
          }
        });
  }

  @Test
  void bytesCutOffOrLeftOverAreRefused() {
    Seed.run(
        random -> {
          for (int i = 0; i < 500; i++) {
            byte[] bytes = LogRecordCodec.encode(any(random));
            for (int length = 0; length <= bytes.length + 1; length++) {
              byte[] other = Arrays.copyOf(bytes, length);
              if (length != bytes.length) {
                assertThrows(MalformedLogRecordException.class, () -> LogRecordCodec.decode(other));
              }
            }
          }
        });
  }

  @Test
  void anotherVersionIsNamed() {
    byte[] bytes = LogRecordCodec.encode(new LogRecord.End(new TransactionId(1, 2, 3)));
    bytes[0] = 2;
    MalformedLogRecordException e =
        assertThrows(MalformedLogRecordException.class, () -> LogRecordCodec.decode(bytes));
    assertEquals("a log record of version 2; this program knows 1", e.getMessage());
  }

  @Test
  void randomBytesAreRefused() {
    Seed.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
              bytes[0] = 1;
              bytes[1] = (byte) (1 + random.nextInt(4));
            }
            try {
              assertArrayEquals(bytes, LogRecordCodec.encode(LogRecordCodec.decode(bytes)));
            } catch (MalformedLogRecordException expected) {
              assertTrue(expected.getMessage().startsWith("a log record "));
            }
          }
        });
  }
}

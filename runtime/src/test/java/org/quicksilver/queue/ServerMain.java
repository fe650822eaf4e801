package org.quicksilver.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.quicksilver.Participant;
import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * A server that does what its requests say. Arguments: home, then the queues it serves; one with an
 * exclamation mark on recoverable terms.
 */
final class ServerMain {

  private ServerMain() {}

  public static void main(String[] arguments) throws Exception {
    Quicksilver quicksilver = Quicksilver.open(Path.of(arguments[0]));
    ServiceQueues queues = ServiceQueues.of(quicksilver);
    for (int i = 1; i < arguments.length; i++) {
      String name = arguments[i].replace("!", "");
      Terms terms = name.equals(arguments[i]) ? Terms.VOLATILE : Terms.RECOVERABLE;
      queues.offer(name, request -> serve(queues, request), terms);
    }
    System.out.println("running");
    while (System.in.read() >= 0) {}
    queues.close();
    quicksilver.close();
  }

  static byte[] serve(ServiceQueues queues, Request request) throws Exception {
    String[] words = new String(request.body(), UTF_8).split(" ", 3);
    return switch (words[0]) {
      case "echo" -> request.body();
      case "pid" -> bytes(ProcessHandle.current().pid());
      case "fail" -> throw new IllegalStateException(words[1]);
      case "sleep" -> {
        Thread.sleep(Long.parseLong(words[1]));
        yield bytes(ProcessHandle.current().pid());
      }
      case "transaction" -> bytes(request.transaction().map(Transaction::id).orElse(null));
      case "note" -> noted(Path.of(words[1]), words[2], 0);
      case "call" -> queues.queue(words[1]).call(words[2].getBytes(UTF_8));
      case "leave-open" -> {
        queues.queue(words[1]).callAsync(words[2].getBytes(UTF_8));
        yield new byte[0];
      }
      case "endless" -> {
        request.follow(new java.io.SequenceInputStream(endless()));
        yield new byte[0];
      }
      case "keep" -> kept(request, Path.of(words[1]), words[2]);
      case "slow-keep" -> {
        Thread.sleep(2);
        yield kept(request, Path.of(words[1]), words[2]);
      }
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static java.util.Enumeration<java.io.InputStream> endless() {
    return java.util.Collections.enumeration(
        java.util.Collections.nCopies(
            Integer.MAX_VALUE,
            new java.io.ByteArrayInputStream(new byte[0]) {
              @Override
              public synchronized int read(byte[] into, int offset, int length) {
                return length;
              }
            }));
  }

  private static byte[] bytes(Object value) {
    return String.valueOf(value).getBytes(UTF_8);
  }

  static byte[] noted(Path file, String line, long pause) throws Exception {
    Thread.sleep(pause);
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new byte[0];
  }

  /** Writes a line if the request's transaction commits. */
  private static byte[] kept(Request request, Path file, String line) throws Exception {
    Transaction transaction = request.transaction().orElseThrow();
    Participant writer =
        new Participant() {
          @Override
          public Vote vote(TransactionId id) throws Exception {
            Files.writeString(Path.of(file + "." + line + "." + id), "");
            return Vote.RECOVERABLE;
          }

          @Override
          public void committed(TransactionId id) throws Exception {
            noted(file, line, 0);
          }

          @Override
          public void aborted(TransactionId id) throws Exception {}
        };
    transaction.enlist(writer, ParticipationClass.TWO_PHASE, DeathEffect.FAIL);
    return bytes(ProcessHandle.current().pid());
  }
}

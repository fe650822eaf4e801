package org.quicksilver.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.quicksilver.config.Settings;
import org.quicksilver.transaction.Action;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.TransactionState;

/**
 * A forked node that notes every point of the protocol it passes in the file {@code points} of its
 * home, anew whenever that is removed, and halts at the one that the file {@code trip} names,
 * having made it {@code tripped}. Argument: agent options.
 */
public final class TrippedNodeMain {

  private final Path points;
  private final Path trip;
  private final Set<String> noted = new HashSet<>();

  private TrippedNodeMain(Path home) {
    points = home.resolve("points");
    trip = home.resolve("trip");
  }

  public static void main(String[] args) throws Exception {
    Settings settings = Settings.read(args[0]);
    TrippedNodeMain tripped = new TrippedNodeMain(settings.home().directory());
    Node node = Node.start(settings, tripped::pass);
    System.out.println("running");
    node.awaitStop();
  }

  private void pass(TransactionState state, Action action, Tripwire.When when) {
    if (state.tid().sequence() == 1) {
      return;
    }
    String role = state.role() instanceof Role.Root ? "root" : "subordinate";
    String point = role + " " + state.phase() + " " + when + " " + describe(action);
    try {
      if (!Files.exists(points)) {
        noted.clear();
      }
      if (noted.add(point)) {
        Files.writeString(
            points, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      if (Files.exists(trip) && Files.readString(trip).equals(point)) {
        Files.move(trip, trip.resolveSibling("tripped"));
        Runtime.getRuntime().halt(3);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Action action) {
    if (action instanceof Action.Send send) {
      String to = send.to() instanceof NodeParticipant ? " to a node" : " to a process";
      return "send " + send.message().getClass().getSimpleName() + to;
    } else if (action instanceof Action.Append append) {
      return "append " + name(append.log());
    } else if (action instanceof Action.Force force) {
      return "force " + name(force.log());
    } else if (action instanceof Action.SetTimer timer) {
      return "timer " + timer.timer();
    }
    return action.getClass().getSimpleName();
  }

  private static String name(LogRecord log) {
    return log.getClass().getSimpleName();
  }
}

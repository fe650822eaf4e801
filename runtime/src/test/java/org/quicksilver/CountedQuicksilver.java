package org.quicksilver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.config.Home;
import org.quicksilver.transaction.TransactionId;

/** A program of its own as far as the node knows, all whose words to the node are kept. */
public final class CountedQuicksilver {

  private CountedQuicksilver() {}

  /**
   * Opens one.
   *
   * @param words where its words are kept
   */
  public static Quicksilver open(Path home, List<ProgramMessage.ToNode> words) throws IOException {
    return new Quicksilver(new Counting(OwnChannel.connect(new Home(home)), words), null);
  }

  /** A thread-safe list for the words. */
  public static List<ProgramMessage.ToNode> words() {
    return new CopyOnWriteArrayList<>();
  }

  private record Counting(NodeChannel channel, List<ProgramMessage.ToNode> words)
      implements NodeChannel {

    @Override
    public void start(Consumer<ProgramMessage.ToProgram> received, Runnable connected) {
      channel.start(received, connected);
    }

    @Override
    public void send(ProgramMessage.ToNode message) {
      words.add(message);
      channel.send(message);
    }

    @Override
    public TransactionId newTransaction() {
      return channel.newTransaction();
    }

    @Override
    public long node() {
      return channel.node();
    }

    @Override
    public int incarnation() {
      return channel.incarnation();
    }

    @Override
    public Scope enter(TransactionId transaction) {
      return channel.enter(transaction);
    }

    @Override
    public Optional<TransactionId> current() {
      return channel.current();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

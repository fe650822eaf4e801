package org.quicksilver;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.MalformedFrameException;
import org.quicksilver.comm.MessageCodec;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.transaction.TransactionId;

/**
 * The channel of the agent in this JVM: one incarnation, one control channel, and the same current
 * transaction for what the program says and for what the agent sees. The agent lives in a class
 * loader of its own; between the two there is only {@code java.lang.QuicksilverBridge}, which knows
 * nothing but {@code java.base}, and so it is spoken to by name.
 */
final class AgentChannel implements NodeChannel {

  private final Object bridge;
  private final int incarnation;
  private final long node;

  private AgentChannel(Object bridge) {
    this.bridge = bridge;
    this.incarnation = call("incarnation") instanceof Integer known ? known : 0;
    this.node = newTransaction().node();
  }

  /** Empty where no agent runs. */
  static Optional<NodeChannel> find() {
    try {
      Class<?> type = Class.forName("java.lang.QuicksilverBridge", false, null);
      Object current = type.getField("current").get(null);
      return current == null || current.getClass() == type
          ? Optional.empty()
          : Optional.of(new AgentChannel(current));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private @Nullable Object call(String name, @Nullable Object... arguments) {
    try {
      for (Method method : bridge.getClass().getSuperclass().getMethods()) {
        if (method.getName().equals(name)) {
          return method.invoke(bridge, arguments);
        }
      }
      throw new IllegalStateException("the agent is of another version: it knows no " + name);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the agent failed: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the agent does not let us in", e);
    }
  }

  @Override
  public void start(Consumer<ProgramMessage.ToProgram> received, Runnable connected) {
    Consumer<byte[]> frames = frame -> decode(frame).ifPresent(received);
    call("receiveFromNode", frames, connected);
  }

  private static Optional<ProgramMessage.ToProgram> decode(byte[] frame) {
    try {
      return MessageCodec.decode(ByteBuffer.wrap(frame)) instanceof ProgramMessage.ToProgram m
          ? Optional.of(m)
          : Optional.empty();
    } catch (MalformedFrameException e) {
      return Optional.empty();
    }
  }

  @Override
  public void send(ProgramMessage.ToNode message) {
    ByteBuffer frame = MessageCodec.encode(message);
    byte[] body = new byte[frame.remaining() - Integer.BYTES];
    frame.get(Integer.BYTES, body);
    call("sendToNode", body);
  }

  @Override
  public TransactionId newTransaction() {
    return tid((long[]) call("newTransaction"));
  }

  private static TransactionId tid(long @Nullable [] numbers) {
    if (numbers == null) {
      throw new IllegalStateException("the agent gave no transaction");
    }
    return new TransactionId(numbers[0], (int) numbers[1], numbers[2]);
  }

  @Override
  public long node() {
    return node;
  }

  @Override
  public int incarnation() {
    return incarnation;
  }

  @Override
  public Scope enter(TransactionId t) {
    Object before = call("enterTransaction", t.node(), t.incarnation(), t.sequence());
    return new Scope(() -> call("leaveTransaction", before));
  }

  @Override
  public Optional<TransactionId> current() {
    long[] numbers = (long[]) call("currentTransaction");
    return numbers == null ? Optional.empty() : Optional.of(tid(numbers));
  }

  /** The agent stays; it forgets us. */
  @Override
  public void close() throws IOException {
    Consumer<byte[]> nobody = frame -> {};
    Runnable nothing = () -> {};
    call("receiveFromNode", nobody, nothing);
  }
}

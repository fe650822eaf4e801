package org.quicksilver.agent.link;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.MalformedFrameException;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.MessageCodec;
import org.quicksilver.comm.ProgramMessage;

/**
 * Where a program that knows of transactions uses the agent's link. The two are in different class
 * loaders, and exchange the bodies of frames. Worker thread only.
 */
final class ProgramPort {

  private final ControlLink link;
  private final AgentLog log;
  private @Nullable Consumer<byte[]> received;
  private @Nullable Runnable connected;

  ProgramPort(ControlLink link, AgentLog log) {
    this.link = link;
    this.log = log;
  }

  /** A program listens from now on; at once it learns that the node is there, should it be. */
  void listen(Consumer<byte[]> to, Runnable whenConnected) {
    received = to;
    connected = whenConnected;
    connected();
  }

  void connected() {
    if (connected != null) {
      connected.run();
    }
  }

  void say(byte[] frame) {
    try {
      Message message = MessageCodec.decode(ByteBuffer.wrap(frame));
      if (message instanceof ProgramMessage.ToNode) {
        link.send(message);
      }
    } catch (MalformedFrameException e) {
      log.say("a program of another version speaks to the node: " + e.getMessage());
    }
  }

  void tell(ProgramMessage.ToProgram message) {
    if (received == null) {
      return;
    }
    ByteBuffer frame = MessageCodec.encode(message);
    byte[] body = new byte[frame.remaining() - Integer.BYTES];
    frame.get(Integer.BYTES, body);
    received.accept(body);
  }
}

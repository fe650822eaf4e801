package org.quicksilver.comm;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts the stream of one connection into frames and decodes them. Until {@link #trust} a frame may
 * be 1 MiB long only, so that a stranger cannot make the node collect much. One event loop thread.
 */
final class FrameDecoder extends ByteToMessageDecoder {

  private static final int LONGEST_FIRST_FRAME = 1024 * 1024;

  private int longest = LONGEST_FIRST_FRAME;
  private boolean broken;

  /** From now on frames may be as long as the protocol allows. */
  void trust() {
    longest = MessageCodec.LONGEST_FRAME;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws MalformedFrameException {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < 1 || length > longest) {
      throw broken(in, new MalformedFrameException("a frame of " + length + " bytes"));
    }
    if (in.readableBytes() >= Integer.BYTES + length) {
      in.skipBytes(Integer.BYTES);
      out.add(message(in, length));
    }
  }

  private Message message(ByteBuf in, int length) throws MalformedFrameException {
    ByteBuffer frame = ByteBuffer.allocate(length);
    in.readBytes(frame);
    try {
      return MessageCodec.decode(frame.flip());
    } catch (MalformedFrameException e) {
      throw broken(in, e);
    }
  }

  /** What follows a bad frame means nothing. */
  private MalformedFrameException broken(ByteBuf in, MalformedFrameException e) {
    broken = true;
    in.skipBytes(in.readableBytes());
    return e;
  }
}

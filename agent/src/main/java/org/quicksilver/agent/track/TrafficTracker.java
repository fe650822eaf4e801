package org.quicksilver.agent.track;

import java.io.FileDescriptor;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.HandleKind;

/**
 * Behind the bridge for what is read and written over connections: whose work a thread does that
 * reads, and whose stretch of the stream it is that a thread writes.
 */
abstract class TrafficTracker extends ConnectionTracker {

  private final Parsers parsers = new Parsers();

  /** Takes its parts, as {@link HandleTracker} does. */
  TrafficTracker(Handles handles, Branches branches, TrackerEvents events, Recording recording) {
    super(handles, branches, events, recording);
  }

  /**
   * Reading from a connection that was accepted is working for its client. Reading from one we
   * opened changes nothing, except where a thread serves many at once: then it goes on with the
   * work for which this one was opened.
   */
  @Override
  public @Nullable Object reading(@Nullable FileDescriptor descriptor) {
    return reading(handles.get(JdkAccess.number(descriptor)));
  }

  @Override
  public void served(@Nullable Object channel) {
    takenUp(handles.get(JdkAccess.Selectable.number(channel)));
  }

  private void takenUp(@Nullable Handle handle) {
    if (handle != null && handle.accepted()) {
      Inflow inflow = handle.inflow();
      if (inflow != null) {
        inflow.next(branches);
      }
      readingAccepted(handle, inflow);
    }
  }

  @Override
  public void selected(@Nullable Object channel) {
    Handle handle = handles.get(JdkAccess.Selectable.number(channel));
    if (handle != null && handle.accepted()) {
      readingAccepted(handle, handle.inflow());
    }
  }

  @Override
  public @Nullable Object nativeReading(int descriptor) {
    return reading(handles.get(descriptor));
  }

  private @Nullable Inflow reading(@Nullable Handle handle) {
    if (handle == null) {
      return null;
    }
    if (handle.accepted()) {
      return readingAccepted(handle, handle.inflow());
    }
    handle.heard();
    ThreadContext context = context();
    context.inflow = null;
    if (handle.branch().origin() == Branch.Origin.ACCEPTED) {
      readingOwn(handle);
    } else if (context.selects) {
      context.serve(work(handle), Cause.READ);
    }
    return null;
  }

  private @Nullable Inflow readingAccepted(Handle handle, @Nullable Inflow inflow) {
    Branch branch = inflow == null ? handle.branch() : inflow.reading();
    ThreadContext context = context();
    context.inflow = inflow;
    if (context.branch != branch) {
      context.serve(branch, Cause.READ);
    }
    return inflow;
  }

  @Override
  public void read(Object reading, long bytes) {
    if (reading instanceof Inflow inflow && inflow.read(bytes, branches)) {
      context().serve(inflow.work(), Cause.READ);
    }
  }

  @Override
  public void read(Object reading, long bytes, Object buffer) {
    int start = buffer instanceof ByteBuffer text ? text.position() - (int) bytes : 0;
    read(reading, bytes, buffer, start);
  }

  @Override
  public void read(Object reading, long bytes, @Nullable Object first, int start) {
    if (!(first instanceof ByteBuffer text)) {
      read(reading, bytes);
    } else if (reading instanceof Inflow inflow && inflow.read(bytes, text, start, branches)) {
      context().serve(inflow.work(), Cause.READ);
    }
  }

  /**
   * Writing for another transaction than before begins a turn. What the process itself writes over
   * a connection that it opened for somebody is written for him; what a loop writes, it could not
   * before.
   */
  @Override
  public @Nullable Object writing(@Nullable FileDescriptor descriptor) {
    return writing(handles.get(JdkAccess.number(descriptor)));
  }

  @Override
  public @Nullable Object nativeWriting(int descriptor) {
    return writing(handles.get(descriptor));
  }

  private @Nullable Outflow writing(@Nullable Handle handle) {
    if (handle == null) {
      return null;
    }
    if (handle.accepted()) {
      Inflow inflow = handle.inflow();
      if (inflow != null) {
        inflow.answered();
      }
      return null;
    }
    Outflow outflow = handle.outflow();
    if (!outflow.isQueued()) {
      written(handle, outflow);
    }
    return outflow;
  }

  private void written(Handle handle, Outflow outflow) {
    ThreadContext context = context();
    Branch branch = current(context);
    if (branch == branches.process()) {
      Branch before = context.selects && outflow.hasTurns() ? outflow.writer() : null;
      branch = before == null ? handle.branch() : before;
    }
    boolean isOthers = outflow.writer() != branch;
    if (isOthers && (branch != branches.process() || outflow.hasTurns())) {
      boolean hadTurns = outflow.hasTurns();
      outflow.turn(branch, handle.branch());
      turned(handle, outflow, hadTurns);
    }
  }

  /** Who writes it later may do so for several, and for others than himself. */
  @Override
  public void bytesQueued(Object channel, int bytes, boolean isFirst) {
    Handle handle = openedConnection(number(channel));
    if (handle != null) {
      Outflow outflow = handle.outflow();
      outflow.queue(isFirst);
      written(handle, outflow);
      outflow.queued(bytes);
    }
  }

  private void turned(Handle handle, Outflow outflow, boolean hadTurns) {
    if (!hadTurns && outflow.hasTurns()) {
      handles.outflows().put(handle.what(), outflow);
    }
    if (outflow.becomesPooled(handle.branch().origin() == Branch.Origin.CONVERSATION)) {
      if (handle.branch().origin() != Branch.Origin.CONVERSATION) {
        handles.move(handle, branches.process());
      }
      share(handle);
    }
  }

  private void share(Handle handle) {
    handle.outflow().share(handle.branch());
    events.pooled(handle.what(), handle.branch().transaction());
  }

  /** The other side is to know, too: its end is not of the transaction either. */
  private void moveIfPooled(Handle handle) {
    Branch before = handle.branch();
    moveIfShared(handle);
    if (handle.branch() != before && handle.outflow().pool()) {
      share(handle);
    }
  }

  /** The process's own are those of the conversation, where the connection began one. */
  @Override
  public void requestWritten(Object channel, int number) {
    requestWritten(openedConnection(number(channel)), number);
  }

  private void requestWritten(@Nullable Handle handle, int number) {
    if (handle != null) {
      Branch branch = current(context());
      Branch whose = branch == branches.process() ? handle.branch() : branch;
      Outflow outflow = handle.outflow();
      boolean hadTurns = outflow.hasTurns();
      if (outflow.request(number, whose, handle.branch())) {
        turned(handle, outflow, hadTurns);
      }
    }
  }

  @Override
  public void requestNumbered(Object connection, int number) {
    requestWritten(JdkParts.ClientConnections.channel(connection), number);
  }

  @Override
  public void sendingRequest(@Nullable Object socket) {
    context().sending = socket;
  }

  @Override
  public void requestSent(int number) {
    if (context().sending instanceof Socket socket) {
      requestWritten(openedConnection(JdkParts.ProgramSockets.number(socket)), number);
    }
  }

  /** At the side that accepted the connection, and at the other, where the answer comes in. */
  @Override
  public @Nullable Object enterRequest(Object channel, int number) {
    Handle handle = handles.get(number(channel));
    if (handle == null) {
      return null;
    }
    Inflow inflow = handle.inflow();
    Branch branch =
        inflow == null ? handle.outflow().ofRequest(number) : inflow.ofRequest(number, branches);
    return branch == null ? null : enter(branch, Cause.READ);
  }

  /** From here on it works for that one, as it did for the connection when it began to read. */
  @Override
  public void requestRead(Object parser, int number) {
    ThreadContext context = context();
    Inflow inflow = parsers.of(parser, context.inflow);
    if (number != 0 && inflow != null) {
      context.serve(inflow.ofRequest(number, branches), Cause.READ);
    }
  }

  /** That of a descriptor, if it is a connection that this process opened. */
  private @Nullable Handle openedConnection(int number) {
    Handle handle = handles.get(number);
    return handle != null && handle.kind() == HandleKind.SOCKET && !handle.accepted()
        ? handle
        : null;
  }

  private static int number(Object channel) {
    return channel instanceof SelectableChannel
        ? JdkAccess.Selectable.number(channel)
        : NativeChannels.number(channel);
  }

  @Override
  public void wrote(Object writing, long bytes) {
    if (writing instanceof Outflow outflow) {
      outflow.wrote(bytes);
    }
  }

  private void readingOwn(Handle handle) {
    ThreadContext context = context();
    if (context.selects) {
      context.serve(handle.branch(), Cause.READ);
    } else {
      moveIfPooled(handle);
    }
  }

  /** Whose work is done over a connection: a conversation is a matter of the process. */
  private Branch work(Handle connection) {
    Inflow inflow = connection.inflow();
    if (inflow != null) {
      return inflow.work();
    }
    Branch writer = connection.outflow().hasTurns() ? connection.outflow().writer() : null;
    Branch branch = writer == null ? connection.branch() : writer;
    return branch.origin() == Branch.Origin.CONVERSATION ? branches.process() : branch;
  }

  @Override
  public @Nullable Object enterOperation(
      Object channel, @Nullable FileDescriptor descriptor, boolean reads, boolean calledBack) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle == null || !handle.accepted()) {
      if (handle != null && reads) {
        handle.heard();
      }
      taskSubmitted(channel);
    } else if (reads && calledBack) {
      return enter(work(handle), Cause.CALLBACK);
    } else if (reads) {
      takenUp(handle);
    }
    return null;
  }

  @Override
  public @Nullable Object enterCompletion(Object channel, @Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle != null && handle.accepted()) {
      return enter(work(handle), Cause.CALLBACK);
    }
    Branch beginner = branches.tasks().find(channel);
    return beginner == null
        ? enter(branches.process(), Cause.PROCESS)
        : enter(beginner, Cause.CALLBACK);
  }
}

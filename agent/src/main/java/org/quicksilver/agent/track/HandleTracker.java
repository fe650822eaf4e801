package org.quicksilver.agent.track;

import java.io.File;
import java.io.FileDescriptor;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.HandleKind;

/**
 * Behind the bridge: turns intercepted calls into records of open handles, of any kind; here files,
 * directories and windows, and how whatever was opened is closed.
 *
 * <p>Runs on the application's threads, on any, under any lock: nothing here waits, and the hot
 * path allocates one handle and its record. Work of our own is marked with {@link #enterOwnWork}
 * and seen by none of this.
 */
abstract class HandleTracker extends ThreadTracker {

  static final byte[] UNNAMED = {};

  private static final String STARTED_IN = System.getProperty("user.dir", "") + File.separator;

  final Handles handles;
  private final boolean closings;
  private final int share;

  /**
   * Takes its parts; nothing is tracked before it stands in {@link QuicksilverBridge#current}.
   *
   * @param recording which stacks are recorded
   */
  HandleTracker(Handles handles, Branches branches, TrackerEvents events, Recording recording) {
    super(recording, branches, events);
    this.closings = recording.closings();
    this.share = recording.sample() > 0 ? recording.budget() : StackBudget.ALL;
    this.handles = handles;
    handles.tell(new Booking());
  }

  private final class Booking implements Handles.Witness {
    @Override
    public void closedUnseen(Handle handle) {
      booked(handle, false);
    }

    @Override
    public void turnUsed(Branch turn) {
      if (!turn.isAsked()) {
        turn.ask(true);
        branches.inUse(turn);
        events.turnUsed(turn);
      }
    }

    @Override
    public void openedTooLate(Handle handle) {
      handles.move(handle, branches.process());
    }
  }

  final @Nullable Throwable stack() {
    return stacks ? new Throwable() : null;
  }

  final @Nullable Handle opened(
      HandleKind kind,
      Object object,
      @Nullable FileDescriptor descriptor,
      byte[] what,
      @Nullable Throwable stack) {
    return opened(kind, object, JdkAccess.number(descriptor), what, stack);
  }

  final @Nullable Handle opened(
      HandleKind kind, Object object, int descriptor, byte[] what, @Nullable Throwable stack) {
    ThreadContext context = context();
    if (context.ownWork > 0) {
      handles.own(descriptor);
      return null;
    }
    sample(context);
    context.ownWork++;
    try {
      return handles.open(
          kind, false, object, descriptor, what, 0, current(context), context, stack);
    } finally {
      context.ownWork--;
    }
  }

  @Override
  public void fileOpened(
      Object handle, @Nullable FileDescriptor descriptor, String path, @Nullable Throwable stack) {
    fileOpened(handle, JdkAccess.number(descriptor), path, stack);
  }

  @Override
  public boolean affordsStack() {
    if (share == StackBudget.ALL) {
      return true;
    }
    StackBudget budget = context().stacks();
    return budget.affords(share, System.nanoTime()) || budget.isLastOpen(handles);
  }

  private void fileOpened(Object handle, int descriptor, String path, @Nullable Throwable stack) {
    if (share == StackBudget.ALL) {
      opened(HandleKind.FILE, handle, descriptor, absolute(path), stack);
      return;
    }
    StackBudget budget = context().stacks();
    Throwable kept = stack == null ? budget.takeFormer() : stack;
    if (stack != null) {
      budget.recorded(stack, System.nanoTime());
    }
    budget.opened(opened(HandleKind.FILE, handle, descriptor, absolute(path), kept));
  }

  /**
   * The JDK resolves against the directory the process was started in, whatever {@code user.dir}
   * says later.
   */
  private static byte[] absolute(String path) {
    String whole = path.startsWith("/") || path.isEmpty() ? path : STARTED_IN + path;
    return whole.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void channelOpened(@Nullable Object channel, @Nullable Throwable stack) {
    FileDescriptor descriptor = JdkAccess.Channels.descriptor(channel);
    if (channel != null && descriptor != null) {
      String path = JdkAccess.Channels.path(channel);
      fileOpened(channel, JdkAccess.number(descriptor), path, stack);
    }
  }

  @Override
  public void byteChannelOpened(@Nullable Object channel) {
    Handle known = handles.get(JdkAccess.number(JdkAccess.Channels.descriptor(channel)));
    if (known == null || known.get() != channel) {
      channelOpened(channel, stacks && affordsStack() ? new Throwable() : null);
    }
  }

  @Override
  public void channelOpenedIn(
      @Nullable Object stream, @Nullable Object path, @Nullable Object channel) {
    FileDescriptor descriptor = JdkAccess.Channels.descriptor(channel);
    if (channel != null && descriptor != null) {
      String name = String.valueOf(path);
      Handle directory = stream == null ? null : handles.find(stream);
      String whole =
          directory == null || name.startsWith("/") ? name : directory.what() + "/" + name;
      Throwable stack = stacks && affordsStack() ? new Throwable() : null;
      fileOpened(channel, JdkAccess.number(descriptor), whole, stack);
    }
  }

  /** A file that work for another transaction is done on is shared, and becomes the process's. */
  @Override
  public void fileUsed(@Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle != null) {
      moveIfShared(handle);
    }
  }

  final void moveIfShared(Handle handle) {
    if (handle.branch() == branches.process()) {
      return;
    }
    ThreadContext context = context();
    if (context.ownWork == 0 && current(context).isOtherThan(handle.branch())) {
      handles.share(handle, branches.process());
    }
  }

  @Override
  public @Nullable Object closing(@Nullable FileDescriptor descriptor) {
    return closing(JdkAccess.number(descriptor));
  }

  private @Nullable Handle closing(int number) {
    Handle handle = handles.get(number);
    if (handle == null) {
      handles.disown(number);
    }
    return handle;
  }

  @Override
  public @Nullable Object nativeClosing(int descriptor) {
    return closing(descriptor);
  }

  @Override
  public void closed(@Nullable Object closing) {
    if (closing instanceof Handle handle) {
      booked(handle);
    }
  }

  final void booked(Handle handle) {
    boolean byUs = handle.isClaimed();
    if (handles.close(handle)) {
      booked(handle, byUs);
    } else {
      handle.found();
    }
  }

  private void booked(Handle handle, boolean byUs) {
    if (handle.kind() == HandleKind.SOCKET) {
      connectionBooked(handle);
    }
    if (handle.accused() && !byUs) {
      events.accusedClosed(handle, closings ? new Throwable() : null);
    }
  }

  /** A conversation that no server ever joined ends with its connection, and nobody is told. */
  private void connectionBooked(Handle handle) {
    Branch branch = handle.branch();
    if (handle.accepted()) {
      servesNoMore(handle);
    } else {
      handle.outflowEnds();
      handles.former().add(handle);
    }
    if (handle.accepted() || handle.watched()) {
      events.connectionClosed(branch);
    } else if (branch.origin() == Branch.Origin.CONVERSATION) {
      branches.forget(branch);
    }
  }

  /**
   * Who closes the connection over which he was asked has done what he was asked for. The end of
   * its transaction is heard of only later, and until then he might work for the next one.
   */
  private void servesNoMore(Handle connection) {
    ThreadContext context = context();
    Inflow inflow = connection.inflow();
    if (context.branch == connection.branch()
        || (inflow != null && context.branch == inflow.work())) {
      context.serve(branches.process(), Cause.PROCESS);
    }
  }

  @Override
  public void collected(int descriptor) {
    Handle handle = handles.get(descriptor);
    if (handle != null) {
      handle.lost();
      booked(handle);
    }
  }

  /** Who closes it in order has it in hand. */
  @Override
  public void channelCollected(@Nullable FileDescriptor descriptor) {
    int number = JdkAccess.number(descriptor);
    Handle handle = handles.get(number);
    if (handle != null && handle.isUnreachable()) {
      collected(number);
    }
  }

  @Override
  public void directoryOpened(Object stream, @Nullable Object path) {
    openedObject(HandleKind.DIRECTORY, stream, absolute(String.valueOf(path)), 0);
  }

  final @Nullable Handle openedObject(HandleKind kind, Object object, byte[] what, long extra) {
    ThreadContext context = context();
    if (context.ownWork > 0) {
      return null;
    }
    context.ownWork++;
    try {
      return handles.openObject(kind, object, what, extra, current(context), context, stack());
    } finally {
      context.ownWork--;
    }
  }

  @Override
  public void closedObject(Object object) {
    Handle handle = handles.find(object);
    if (handle != null) {
      booked(handle);
    }
  }

  @Override
  public void windowOpened(Object window) {
    if (handles.find(window) == null && !Windows.isOfTheJdk(window)) {
      byte[] title = Windows.title(window).getBytes(StandardCharsets.UTF_8);
      openedObject(HandleKind.WINDOW, window, title, 0);
    }
  }
}

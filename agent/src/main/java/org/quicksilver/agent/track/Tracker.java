package org.quicksilver.agent.track;

import java.io.File;
import java.io.FileDescriptor;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.handle.HandleKind;

/**
 * Behind the bridge: turns intercepted calls into records of open handles.
 *
 * <p>Runs on the application's threads, on any, under any lock: nothing here waits, and the hot
 * path allocates one handle and its record. Work of our own is marked with {@link #enterOwnWork}
 * and seen by none of this.
 */
public class Tracker extends ThreadTracker {

  private static final byte[] NOTHING = {};
  private static final String STARTED_IN = System.getProperty("user.dir", "") + File.separator;

  private final Handles handles;
  private final TrackerEvents events;
  private final boolean closings;

  /**
   * Takes its parts; nothing is tracked before it stands in {@link QuicksilverBridge#current}.
   *
   * @param sample of how many handles one has its opening stack recorded; 0 for none
   * @param closings whether the stack is recorded of who closes one that was reported
   */
  public Tracker(
      Handles handles, Branches branches, TrackerEvents events, int sample, boolean closings) {
    super(sample, branches, events);
    this.closings = closings;
    this.handles = handles;
    this.events = events;
    handles.whenClosedUnseen(handle -> booked(handle, false));
    handles.whenTurnUsed(this::turnUsed);
  }

  private void turnUsed(Branch turn) {
    if (!turn.isAsked()) {
      turn.ask(true);
      branches.inUse(turn);
      events.turnUsed(turn);
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
    ThreadContext context = context();
    if (context.ownWork > 0) {
      handles.own(JdkAccess.number(descriptor));
      return null;
    }
    sample(context);
    context.ownWork++;
    try {
      return handles.open(
          kind,
          false,
          object,
          JdkAccess.number(descriptor),
          what,
          0,
          current(context),
          context,
          stack);
    } finally {
      context.ownWork--;
    }
  }

  @Override
  public void fileOpened(
      Object handle, @Nullable FileDescriptor descriptor, String path, @Nullable Throwable stack) {
    opened(HandleKind.FILE, handle, descriptor, absolute(path), stack);
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
      byte[] path = absolute(JdkAccess.Channels.path(channel));
      opened(HandleKind.FILE, channel, descriptor, path, stack);
    }
  }

  @Override
  public void byteChannelOpened(@Nullable Object channel) {
    Handle known = handles.get(JdkAccess.number(JdkAccess.Channels.descriptor(channel)));
    if (known == null || known.get() != channel) {
      channelOpened(channel, stack());
    }
  }

  /** A file that work for another transaction is done on is shared, and becomes the process's. */
  @Override
  public void fileUsed(@Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle != null && handle.branch() != branches.process()) {
      moveIfShared(handle);
    }
  }

  final void moveIfShared(Handle handle) {
    ThreadContext context = context();
    if (context.ownWork == 0 && current(context) != handle.branch()) {
      handles.move(handle, branches.process());
    }
  }

  @Override
  public @Nullable Object closing(@Nullable FileDescriptor descriptor) {
    int number = JdkAccess.number(descriptor);
    Handle handle = handles.get(number);
    if (handle == null) {
      handles.disown(number);
    }
    return handle;
  }

  @Override
  public void closed(@Nullable Object closing) {
    if (closing instanceof Handle handle) {
      booked(handle);
    }
  }

  private void booked(Handle handle) {
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
    if (handle.accepted() || handle.watched()) {
      events.connectionClosed(branch);
    } else if (branch.origin() == Branch.Origin.CONVERSATION) {
      branches.forget(branch);
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
  public void socketCreated(
      Object socket,
      @Nullable FileDescriptor descriptor,
      boolean server,
      @Nullable Throwable stack) {
    opened(server ? HandleKind.LISTENER : HandleKind.SOCKET, socket, descriptor, NOTHING, stack);
  }

  /**
   * A connection opened for the process itself begins a conversation, and so does one of a pool,
   * whoever made that grow; one opened while serving a transaction joins that one.
   */
  @Override
  public void connecting(Object socket, @Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    ThreadContext context = context();
    if (handle == null || context.ownWork > 0) {
      return;
    }
    Branch branch = current(context);
    if (branch == branches.process() || isShared(handle, context)) {
      Branch conversation = branches.begin(Branch.Origin.CONVERSATION);
      conversation.connectionHandle(handle);
      handles.move(handle, conversation);
    } else if (handle.branch() != branch) {
      handles.move(handle, branch);
    }
  }

  /**
   * Judged before the other side can ask whose it is: what that holds for the connection is shared
   * as well, and would go with the first transaction that uses it.
   */
  private boolean isShared(Handle connection, ThreadContext context) {
    context.ownWork++;
    try {
      return handles.scope().isShared(connection);
    } finally {
      context.ownWork--;
    }
  }

  @Override
  public void socketConnected(Object socket, @Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle != null && socket instanceof SocketImpl impl) {
      connected(handle, endpoints(impl));
    }
  }

  private static byte[] endpoints(SocketImpl socket) {
    return Endpoints.connection(
        JdkAccess.Sockets.localAddress(socket),
        JdkAccess.Sockets.localPort(socket),
        JdkAccess.Sockets.remoteAddress(socket),
        JdkAccess.Sockets.remotePort(socket));
  }

  private void connected(Handle handle, byte[] endpoints) {
    String connection = new String(endpoints, StandardCharsets.ISO_8859_1);
    if (handle.branch().origin() == Branch.Origin.CONVERSATION) {
      handle.branch().connection(connection);
    }
    handles.outflows().begins(connection);
    handles.describe(handle, endpoints);
  }

  @Override
  public void socketListening(Object socket, @Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle != null && socket instanceof SocketImpl impl) {
      byte[] endpoint =
          Endpoints.endpoint(
              JdkAccess.Sockets.localAddress(impl), JdkAccess.Sockets.localPort(impl));
      handles.describe(handle, endpoint);
    }
  }

  @Override
  public void socketAccepted(@Nullable Object socket) {
    if (socket instanceof SocketImpl impl) {
      FileDescriptor descriptor = JdkAccess.Sockets.descriptor(impl);
      accepted(impl, descriptor, endpoints(impl));
    }
  }

  private void accepted(Object object, @Nullable FileDescriptor descriptor, byte[] endpoints) {
    ThreadContext context = context();
    int number = JdkAccess.number(descriptor);
    if (context.ownWork > 0 || number < 0) {
      handles.own(number);
      return;
    }
    context.ownWork++;
    try {
      Branch branch = branches.begin(Branch.Origin.ACCEPTED);
      branch.connection(new String(endpoints, StandardCharsets.ISO_8859_1));
      Handle handle =
          handles.open(
              HandleKind.SOCKET, true, object, number, endpoints, 0, branch, context, stack());
      branch.connectionHandle(handle);
      if (handle != null) {
        handle.inflow(new Inflow(branch));
      }
      context.serve(branch, Cause.ACCEPTED);
      events.accepted(branch);
    } finally {
      context.ownWork--;
    }
  }

  @Override
  public void channelCreated(
      Object channel,
      @Nullable FileDescriptor descriptor,
      @Nullable Object local,
      @Nullable Object remote) {
    if (remote != null) {
      accepted(
          channel, descriptor, Endpoints.connection((SocketAddress) local, (SocketAddress) remote));
    } else {
      opened(HandleKind.SOCKET, channel, descriptor, NOTHING, stack());
    }
  }

  @Override
  public void channelConnected(
      @Nullable FileDescriptor descriptor, @Nullable Object local, @Nullable Object remote) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle != null) {
      connected(handle, Endpoints.connection((SocketAddress) local, (SocketAddress) remote));
    }
  }

  @Override
  public void channelListening(
      Object channel, @Nullable FileDescriptor descriptor, @Nullable Object local) {
    byte[] endpoint = local == null ? NOTHING : Endpoints.endpoint((SocketAddress) local);
    Handle known = handles.get(JdkAccess.number(descriptor));
    if (known != null && known.get() == channel) {
      handles.describe(known, endpoint);
    } else {
      opened(HandleKind.LISTENER, channel, descriptor, endpoint, stack());
    }
  }

  /**
   * Reading from a connection that was accepted is working for its client. Reading from one we
   * opened changes nothing, except where a thread serves many at once: then it goes on with the
   * work for which this one was opened.
   */
  @Override
  public @Nullable Object reading(@Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle == null) {
      return null;
    }
    if (handle.accepted()) {
      return readingAccepted(handle);
    }
    if (handle.branch().origin() == Branch.Origin.ACCEPTED) {
      readingOwn(handle);
    } else {
      ThreadContext context = context();
      if (context.selects) {
        context.serve(work(handle), Cause.READ);
      }
    }
    return null;
  }

  private @Nullable Inflow readingAccepted(Handle handle) {
    Inflow inflow = handle.inflow();
    Branch branch = inflow == null ? handle.branch() : inflow.next(branches);
    ThreadContext context = context();
    if (context.branch != branch) {
      context.serve(branch, Cause.READ);
    }
    return inflow;
  }

  @Override
  public void read(Object reading, long bytes) {
    if (reading instanceof Inflow inflow) {
      inflow.read(bytes);
    }
  }

  /**
   * Writing for another transaction than before begins a turn. What the process itself writes over
   * a connection that it opened for somebody is written for him.
   */
  @Override
  public @Nullable Object writing(@Nullable FileDescriptor descriptor) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
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
    Branch branch = current(context());
    if (branch == branches.process()) {
      branch = handle.branch();
    }
    if (outflow.writer() != branch && branch != branches.process()) {
      turn(handle, outflow, branch);
    }
    return outflow;
  }

  private void turn(Handle handle, Outflow outflow, Branch branch) {
    boolean hadTurns = outflow.hasTurns();
    outflow.turn(branch, handle.branch());
    if (!hadTurns && outflow.hasTurns()) {
      handles.outflows().put(handle.what(), outflow);
    }
    if (outflow.becomesPooled()) {
      if (handle.branch().origin() != Branch.Origin.CONVERSATION) {
        handles.move(handle, branches.process());
      }
      events.pooled(handle.what(), handle.branch().transaction());
    }
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
      moveIfShared(handle);
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
      taskSubmitted(channel);
    } else if (reads && calledBack) {
      return enter(work(handle), Cause.CALLBACK);
    } else if (reads) {
      reading(descriptor);
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

  @Override
  public void windowOpened(Object window) {
    if (handles.find(window) == null && !Windows.isOfTheJdk(window)) {
      byte[] title = Windows.title(window).getBytes(StandardCharsets.UTF_8);
      openedObject(HandleKind.WINDOW, window, title, 0);
    }
  }

  @Override
  public void processStarted(Object process, long pid, byte @Nullable [] program) {
    byte[] command = program == null ? NOTHING : withoutFinalZero(program);
    Handle handle = openedObject(HandleKind.PROCESS, process, command, pid);
    if (handle != null) {
      events.leavesSomethingBehind(handle);
    }
  }

  static byte[] withoutFinalZero(byte[] text) {
    int last = text.length - 1;
    return last >= 0 && text[last] == 0 ? Arrays.copyOf(text, last) : text;
  }

  @Override
  public void temporaryFile(@Nullable Object path) {
    ThreadContext context = context();
    if (path == null || context.ownWork > 0 || isElsewhere(path)) {
      return;
    }
    context.ownWork++;
    try {
      Path file = path instanceof File f ? f.toPath() : Path.of(path.toString());
      TemporaryFile temporary = TemporaryFile.of(file.toAbsolutePath());
      if (handles.isKnown(temporary)) {
        return;
      }
      byte[] text = temporary.path().toString().getBytes(StandardCharsets.UTF_8);
      Handle handle = handles.openTemporary(temporary, text, current(context), context, stack());
      events.leavesSomethingBehind(handle);
    } finally {
      context.ownWork--;
    }
  }

  @Override
  public void fileDeleted(@Nullable Object path) {
    ThreadContext context = context();
    if (path == null || context.ownWork > 0 || !handles.hasTemporaries() || isElsewhere(path)) {
      return;
    }
    context.ownWork++;
    try {
      Path file = path instanceof File f ? f.toPath() : Path.of(path.toString());
      Handle handle = handles.deleted(file.toAbsolutePath());
      if (handle != null) {
        booked(handle);
      }
    } finally {
      context.ownWork--;
    }
  }

  /** A path in an archive names no file of ours. */
  private static boolean isElsewhere(Object path) {
    return path instanceof Path p && p.getFileSystem() != FileSystems.getDefault();
  }
}

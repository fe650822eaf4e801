package org.quicksilver.agent.track;

import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.handle.HandleKind;

/**
 * Behind the bridge for sockets and their channels, until there is a connection: whose it is, and
 * whom its other side works for.
 */
abstract class ConnectionTracker extends HandleTracker {

  /** Takes its parts, as {@link HandleTracker} does. */
  ConnectionTracker(Handles handles, Branches branches, TrackerEvents events, Recording recording) {
    super(handles, branches, events, recording);
  }

  @Override
  public void socketCreated(
      Object socket,
      @Nullable FileDescriptor descriptor,
      boolean server,
      @Nullable Throwable stack) {
    opened(server ? HandleKind.LISTENER : HandleKind.SOCKET, socket, descriptor, UNNAMED, stack);
  }

  /**
   * A connection opened for the process itself begins a conversation, and so does one of a pool,
   * whoever made that grow; one opened while serving a transaction joins that one.
   */
  @Override
  public void connecting(Object socket, @Nullable FileDescriptor descriptor) {
    connecting(handles.get(JdkAccess.number(descriptor)));
  }

  @Override
  public void nativeConnecting(int descriptor) {
    connecting(handles.get(descriptor));
  }

  private void connecting(@Nullable Handle handle) {
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
      connected(handle, endpoints(impl, context()));
    }
  }

  @Override
  public void localAddress(FileDescriptor descriptor, @Nullable Object address) {
    if (address instanceof InetSocketAddress local) {
      context().localAddress(descriptor, local.getAddress());
    }
  }

  private static byte[] endpoints(SocketImpl socket, ThreadContext context) {
    InetAddress told = context.takeLocalAddress(JdkAccess.Sockets.descriptor(socket));
    return Endpoints.connection(
        told == null ? JdkAccess.Sockets.localAddress(socket) : told,
        JdkAccess.Sockets.localPort(socket),
        JdkAccess.Sockets.remoteAddress(socket),
        JdkAccess.Sockets.remotePort(socket));
  }

  private void connected(Handle handle, byte[] endpoints) {
    if (handle.branch().origin() == Branch.Origin.CONVERSATION) {
      handle.branch().connection(endpoints);
    }
    handles.outflows().begins(endpoints);
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
  public void socketAccepted(@Nullable Object socket, @Nullable Throwable stack) {
    if (socket instanceof SocketImpl impl) {
      int number = JdkAccess.number(JdkAccess.Sockets.descriptor(impl));
      accepted(impl, number, endpoints(impl, context()), stack);
    }
  }

  private void accepted(Object object, int number, byte[] endpoints, @Nullable Throwable stack) {
    ThreadContext context = context();
    if (context.ownWork > 0 || number < 0) {
      handles.own(number);
      return;
    }
    context.ownWork++;
    try {
      Branch branch = branches.begin(Branch.Origin.ACCEPTED);
      branch.accepted(endpoints, System.currentTimeMillis());
      Handle handle =
          handles.open(
              HandleKind.SOCKET, true, object, number, endpoints, 0, branch, context, stack);
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
      byte[] endpoints = Endpoints.connection((SocketAddress) local, (SocketAddress) remote);
      accepted(channel, JdkAccess.number(descriptor), endpoints, stack());
    } else {
      opened(HandleKind.SOCKET, channel, descriptor, UNNAMED, stack());
    }
  }

  /** Told of by each of several constructors. */
  @Override
  public void nativeChannelMade(
      Object channel,
      int descriptor,
      boolean server,
      boolean datagram,
      @Nullable Object local,
      @Nullable Object remote) {
    Handle known = handles.get(descriptor);
    if (known != null && known.get() == channel) {
      return;
    }
    if (local instanceof InetSocketAddress here && remote instanceof InetSocketAddress there) {
      accepted(channel, descriptor, Endpoints.connection(here, there), stack());
    } else {
      HandleKind connected = datagram ? HandleKind.DATAGRAM : HandleKind.SOCKET;
      HandleKind kind = server ? HandleKind.LISTENER : connected;
      opened(kind, channel, descriptor, UNNAMED, stack());
    }
  }

  @Override
  public void nativeConnected(int descriptor, @Nullable Object local, @Nullable Object remote) {
    Handle handle = handles.get(descriptor);
    if (handle != null
        && local instanceof SocketAddress here
        && remote instanceof SocketAddress there) {
      connected(handle, Endpoints.connection(here, there));
    }
  }

  @Override
  public void nativeListening(int descriptor, @Nullable Object local) {
    Handle handle = handles.get(descriptor);
    if (handle != null && local instanceof SocketAddress here) {
      handles.describe(handle, Endpoints.endpoint(here));
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
    byte[] endpoint = local == null ? UNNAMED : Endpoints.endpoint((SocketAddress) local);
    Handle known = handles.get(JdkAccess.number(descriptor));
    if (known != null && known.get() == channel) {
      handles.describe(known, endpoint);
    } else {
      opened(HandleKind.LISTENER, channel, descriptor, endpoint, stack());
    }
  }
}

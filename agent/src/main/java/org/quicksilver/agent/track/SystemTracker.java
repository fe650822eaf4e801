package org.quicksilver.agent.track;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.Descriptors;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.handle.HandleKind;

/**
 * Behind the bridge for what is used more rarely than files and sockets: archives, locks, mapped
 * memory, watch services, asynchronous channels, datagrams, pipes, selectors, tray icons.
 *
 * <p>One record for each handle of the operating system, whatever views the JDK gives on it.
 */
public final class SystemTracker extends OutlivingTracker {

  private static final String CLEANER = "Common-Cleaner";

  /** Takes its parts, as {@link HandleTracker} does. */
  public SystemTracker(
      Handles handles, Branches branches, TrackerEvents events, Recording recording) {
    super(handles, branches, events, recording);
  }

  @Override
  public void asyncFileOpened(@Nullable Object channel, @Nullable Object path) {
    FileDescriptor descriptor = JdkParts.AsyncFiles.descriptor(channel);
    if (channel != null && descriptor != null && path instanceof Path p) {
      byte[] text = p.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
      opened(HandleKind.FILE, channel, descriptor, text, stack());
    }
  }

  @Override
  public @Nullable Object closingOwn(Object object, @Nullable FileDescriptor descriptor) {
    return closing(descriptor) instanceof Handle handle && handle.get() == object ? handle : null;
  }

  @Override
  public void directoryNumbered(@Nullable Object stream, int number) {
    ObjectHandle handle = stream == null ? null : handles.find(stream);
    if (handle != null) {
      handles.number(handle, Descriptors.pack(number));
    }
  }

  /**
   * What a second transaction reads, too, is shared. What the class path needs is nobody's handle.
   */
  @Override
  public void archiveUsed(@Nullable Object file, @Nullable Object source) {
    int number = source == null ? -1 : JdkParts.Archives.number(source);
    Handle known = handles.get(number);
    if (known == null || !(file instanceof ZipFile zip)) {
      return;
    }
    ThreadContext context = context();
    if (known.get() instanceof Archive archive) {
      archive.add(zip);
      moveIfShared(known);
    } else if (context.ownWork == 0 && known.kind() == HandleKind.FILE) {
      firstUsed(zip, known, number, context);
    }
  }

  private void firstUsed(ZipFile zip, Handle known, int number, ThreadContext context) {
    Throwable raw = known.rawStack();
    Throwable own = raw instanceof FormerStack ? null : raw;
    if (ClassPath.isOpening(own == null ? new Throwable() : own)) {
      handles.close(known);
      handles.own(number);
      return;
    }
    Archive archive = new Archive();
    archive.add(zip);
    byte[] what = known.what().getBytes(StandardCharsets.UTF_8);
    handles.openArchive(archive, number, what, current(context), context, raw);
  }

  @Override
  public void archiveLeft(@Nullable Object source) {
    if (source == null || !Thread.currentThread().getName().equals(CLEANER)) {
      return;
    }
    Handle handle = handles.get(JdkParts.Archives.number(source));
    if (handle != null && handle.kind() == HandleKind.ARCHIVE) {
      handles.dropped(handle);
    }
  }

  @Override
  public void fileLocked(@Nullable Object lock, @Nullable FileDescriptor descriptor) {
    if (lock instanceof FileLock got) {
      boolean whole = got.position() == 0 && got.size() == Long.MAX_VALUE;
      String part = whole ? "" : " [" + got.position() + ", +" + got.size() + "]";
      ofFile(HandleKind.LOCK, got, descriptor, part);
    }
  }

  @Override
  public void mapped(
      @Nullable Object unmapper, @Nullable FileDescriptor descriptor, long position, long size) {
    if (unmapper != null) {
      String part = " [" + position + ", +" + size + "]";
      ofFile(HandleKind.MAPPING, unmapper, descriptor, part);
    }
  }

  /** What has no descriptor of its own and is called as the file it is of. */
  private void ofFile(
      HandleKind kind, Object object, @Nullable FileDescriptor descriptor, String part) {
    int number = JdkAccess.number(descriptor);
    Handle file = handles.get(number);
    byte[] path = file == null ? UNNAMED : file.description();
    byte[] what = Arrays.copyOf(path, path.length + part.length());
    System.arraycopy(part.getBytes(StandardCharsets.US_ASCII), 0, what, path.length, part.length());
    openedObject(kind, object, what, kind == HandleKind.LOCK ? Descriptors.pack(number) : 0);
  }

  @Override
  public void watchServiceOpened(Object service, @Nullable Object poller) {
    if (poller != null) {
      int[] numbers = JdkParts.WatchServices.descriptors(poller);
      openedNumbered(HandleKind.WATCH_SERVICE, service, numbers);
    }
  }

  private void openedNumbered(HandleKind kind, Object object, int... numbers) {
    if (openedObject(kind, object, UNNAMED, Descriptors.pack(numbers)) == null) {
      for (int number : numbers) {
        handles.own(number);
      }
    }
  }

  @Override
  public void endpointsChanged(
      @Nullable FileDescriptor descriptor, @Nullable Object local, @Nullable Object remote) {
    Handle handle = handles.get(JdkAccess.number(descriptor));
    if (handle != null && local != null) {
      byte[] text =
          remote == null
              ? Endpoints.endpoint((SocketAddress) local)
              : Endpoints.connection((SocketAddress) local, (SocketAddress) remote);
      handles.describe(handle, text);
    }
  }

  @Override
  public void readingSocket(@Nullable Object socket) {
    if (socket instanceof SocketImpl impl) {
      reading(JdkAccess.Sockets.descriptor(impl));
    }
  }

  @Override
  public void datagramOpened(Object channel, @Nullable FileDescriptor descriptor) {
    Handle known = handles.get(JdkAccess.number(descriptor));
    if (known == null || known.get() != channel) {
      opened(HandleKind.DATAGRAM, channel, descriptor, UNNAMED, stack());
    }
  }

  @Override
  public void pipeOpened(Object channel, @Nullable FileDescriptor descriptor) {
    opened(HandleKind.PIPE, channel, descriptor, UNNAMED, stack());
  }

  @Override
  public void selectorOpened(Object selector, int poll, @Nullable Object event) {
    int wakeup = event == null ? -1 : JdkParts.Selectors.event(event);
    openedNumbered(HandleKind.SELECTOR, selector, poll, wakeup);
  }

  /** One with which a thread waits that serves another transaction is shared. */
  @Override
  public void selecting(@Nullable Object selector) {
    if (selector != null && current(context()) != branches.process()) {
      Handle handle = handles.find(selector);
      if (handle != null) {
        moveIfShared(handle);
      }
    }
    super.selecting(selector);
  }

  @Override
  public void groupOpened(Object group, int poll, int @Nullable [] wakeup) {
    if (wakeup != null) {
      openedNumbered(HandleKind.CHANNEL_GROUP, group, poll, wakeup[0], wakeup[1]);
    }
  }

  @Override
  public void belongsToTheJdk(@Nullable Object object) {
    Handle handle = object == null ? null : handles.find(object);
    if (handle != null && handles.close(handle)) {
      for (int number : Descriptors.unpack(handle.extra())) {
        handles.own(number);
      }
    }
  }

  @Override
  public @Nullable Object descriptors() {
    return OpenDescriptors.now();
  }

  @Override
  public void descriptorsOfTheJdkSince(@Nullable Object before) {
    if (before instanceof BitSet open) {
      BitSet since = OpenDescriptors.now();
      since.andNot(open);
      for (int i = since.nextSetBit(0); i >= 0; i = since.nextSetBit(i + 1)) {
        if (handles.get(i) == null) {
          handles.own(i);
        }
      }
    }
  }

  @Override
  public void descriptorOfTheJdk(int descriptor) {
    handles.own(descriptor);
  }

  @Override
  public void trayIconAdded(Object icon) {
    if (handles.find(icon) == null) {
      byte[] text = Windows.tooltip(icon).getBytes(StandardCharsets.UTF_8);
      openedObject(HandleKind.TRAY_ICON, icon, text, 0);
    }
  }

  @Override
  public void processPipes(
      byte @Nullable [] program, @Nullable Object in, @Nullable Object out, @Nullable Object err) {
    byte[] command = program == null ? UNNAMED : withoutFinalZero(program);
    pipe(JdkParts.Pipes.unbuffered(in), "standard input of ", command);
    pipe(JdkParts.Pipes.unbuffered(out), "standard output of ", command);
    pipe(JdkParts.Pipes.unbuffered(err), "standard error of ", command);
  }

  private void pipe(@Nullable Object stream, String end, byte[] command) {
    FileDescriptor descriptor = descriptor(stream);
    if (stream == null || descriptor == null) {
      return;
    }
    byte[] what =
        (end + new String(command, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    Handle handle = opened(HandleKind.PIPE, stream, descriptor, what, stack());
    // A child that has exited meanwhile took its pipes with it, perhaps before they were recorded.
    if (handle != null && JdkAccess.number(descriptor) < 0) {
      handles.close(handle);
    }
  }

  private static @Nullable FileDescriptor descriptor(@Nullable Object stream) {
    try {
      if (stream instanceof FileInputStream in) {
        return in.getFD();
      }
      return stream instanceof FileOutputStream out ? out.getFD() : null;
    } catch (IOException e) {
      return null;
    }
  }
}

package org.quicksilver.agent.bridge;

import java.io.FileDescriptor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where intercepted JDK methods call. This class itself does nothing: it is the null object that
 * stands here before the agent is up and after it was detached; the agent puts its own subclass
 * into {@link #current}.
 *
 * <p>Every method may be called by any thread at any time, holding any lock, and must neither block
 * nor throw. What is thrown all the same ends in {@link #thrown} and never reaches the application.
 *
 * <p>Packaged as {@code java.lang.QuicksilverBridge}, so that classes of {@code java.base} can
 * resolve it.
 */
@SuppressWarnings("unused")
public class QuicksilverBridge {

  /**
   * Who is called. Written once when the agent is up, and not volatile: a thread that still sees
   * the null object for a moment opens a handle we do not know, as it would have a moment earlier.
   */
  public static QuicksilverBridge current = new QuicksilverBridge(false);

  /**
   * The last thing a hook threw, until the agent takes it to its log. A store and not a call: where
   * there is no stack left, a call would throw again, and into the application. One that overwrites
   * another before it was taken hides it.
   */
  public static @Nullable Throwable thrown;

  /**
   * Whether opening stacks are wanted. Where it matters they are made by the advice itself, in the
   * frame of the JDK's own method: each frame more would cost some 30 ns. Changes all the time
   * where only some are wanted, and is not volatile: which ones does not matter.
   */
  public boolean stacks;

  /**
   * For the subclass of the agent.
   *
   * @param stacks whether it wants opening stacks
   */
  public QuicksilverBridge(boolean stacks) {
    this.stacks = stacks;
  }

  /**
   * Whether this thread may spend more time on the stacks of files it opens; asked before each is
   * recorded, and told by {@link #fileOpened} or {@link #channelOpened} that it was.
   */
  public boolean affordsStack() {
    return true;
  }

  /** A file was opened by a stream or a random access file. */
  public void fileOpened(
      Object handle, @Nullable FileDescriptor descriptor, String path, @Nullable Throwable stack) {}

  /** A file channel was opened. */
  public void channelOpened(@Nullable Object channel, @Nullable Throwable stack) {}

  /** A channel was opened by what may have told of it as of a file channel already. */
  public void byteChannelOpened(@Nullable Object channel) {}

  /** A channel was opened in the directory of a stream, by a name there. */
  public void channelOpenedIn(
      @Nullable Object stream, @Nullable Object path, @Nullable Object channel) {}

  /** Work is done on a file: is it shared between transactions? */
  public void fileUsed(@Nullable FileDescriptor descriptor) {}

  /**
   * A handle is about to be closed.
   *
   * @return what to give to {@link #closed} once it is
   */
  public @Nullable Object closing(@Nullable FileDescriptor descriptor) {
    return null;
  }

  /** The descriptor has been closed. */
  public void closed(@Nullable Object closing) {}

  /** The collector found a handle open and is about to close its descriptor. */
  public void collected(int descriptor) {}

  /** The descriptor of a file channel is about to be closed, if by the collector unseen. */
  public void channelCollected(@Nullable FileDescriptor descriptor) {}

  /** A directory stream was opened. */
  public void directoryOpened(Object stream, @Nullable Object path) {}

  /** A handle that is known by itself, not by a descriptor, was closed. */
  public void closedObject(Object handle) {}

  /** A directory stream has told one of its two descriptors. */
  public void directoryNumbered(@Nullable Object stream, int number) {}

  /** An asynchronous file channel was opened. */
  public void asyncFileOpened(@Nullable Object channel, @Nullable Object path) {}

  /** Like {@link #closing}, but only if the descriptor is still that object's. */
  public @Nullable Object closingOwn(Object handle, @Nullable FileDescriptor descriptor) {
    return null;
  }

  /** A ZIP file was opened on an archive, the first or one of many. */
  public void archiveUsed(@Nullable Object file, @Nullable Object source) {}

  /** A ZIP file gives up its archive: it was closed, or collected while open. */
  public void archiveLeft(@Nullable Object source) {}

  /** A file was locked, or a part of it; null if it was not. */
  public void fileLocked(@Nullable Object lock, @Nullable FileDescriptor descriptor) {}

  /** A file was mapped into memory; null if there was nothing to map. */
  public void mapped(
      @Nullable Object unmapper, @Nullable FileDescriptor descriptor, long position, long size) {}

  /** A watch service was opened. */
  public void watchServiceOpened(Object service, @Nullable Object poller) {}

  /** A socket got its descriptor. */
  public void socketCreated(
      Object socket,
      @Nullable FileDescriptor descriptor,
      boolean server,
      @Nullable Throwable stack) {}

  /** A socket is about to connect. */
  public void connecting(Object socket, @Nullable FileDescriptor descriptor) {}

  /** The JDK has asked the kernel for a socket's own address. */
  public void localAddress(FileDescriptor descriptor, @Nullable Object address) {}

  /** A {@code java.net} socket is connected. */
  public void socketConnected(Object socket, @Nullable FileDescriptor descriptor) {}

  /** A {@code java.net} server socket listens. */
  public void socketListening(Object socket, @Nullable FileDescriptor descriptor) {}

  /** A {@code java.net} server socket accepted a connection. */
  public void socketAccepted(@Nullable Object socket, @Nullable Throwable stack) {}

  /** A socket channel was made; with a remote address it was accepted. */
  public void channelCreated(
      Object channel,
      @Nullable FileDescriptor descriptor,
      @Nullable Object local,
      @Nullable Object remote) {}

  /** A socket channel is connected. */
  public void channelConnected(
      @Nullable FileDescriptor descriptor, @Nullable Object local, @Nullable Object remote) {}

  /** A server channel was made or bound. */
  public void channelListening(
      Object channel, @Nullable FileDescriptor descriptor, @Nullable Object local) {}

  /** A channel was bound, connected or disconnected. */
  public void endpointsChanged(
      @Nullable FileDescriptor descriptor, @Nullable Object local, @Nullable Object remote) {}

  /** This thread reads from a {@code java.net} socket of the old sort. */
  public void readingSocket(@Nullable Object socket) {}

  /** A datagram channel was made. */
  public void datagramOpened(Object channel, @Nullable FileDescriptor descriptor) {}

  /** One end of a pipe was made. */
  public void pipeOpened(Object channel, @Nullable FileDescriptor descriptor) {}

  /** A selector was opened. */
  public void selectorOpened(Object selector, int poll, @Nullable Object event) {}

  /** A group of asynchronous channels was made. */
  public void groupOpened(Object group, int poll, int @Nullable [] wakeup) {}

  /** That handle is the JDK's own and nobody's. */
  public void belongsToTheJdk(@Nullable Object handle) {}

  /** Which descriptors are open, for {@link #descriptorsOfTheJdkSince}. */
  public @Nullable Object descriptors() {
    return null;
  }

  /** What was opened since and has no record is the JDK's own. */
  public void descriptorsOfTheJdkSince(@Nullable Object before) {}

  /** A descriptor that is the JDK's own. */
  public void descriptorOfTheJdk(int descriptor) {}

  /** This thread is about to wait for the next client: what it did for the last one is over. */
  public void waitingForWork() {}

  /**
   * This thread is about to look which of its connections have something to read.
   *
   * @param selector null if it is none of the JDK's
   */
  public void selecting(@Nullable Object selector) {}

  /** This thread reads from a connection. */
  public @Nullable Object reading(@Nullable FileDescriptor descriptor) {
    return null;
  }

  /** So many bytes were read; {@code reading} is what {@link #reading} returned, if not null. */
  public void read(Object reading, long bytes) {}

  /** So many were read into this buffer, and are the last before its position. */
  public void read(Object reading, long bytes, Object buffer) {}

  /**
   * So many were read into several buffers.
   *
   * @param first has the first of them; null if there is none
   * @param start where they begin in it
   */
  public void read(Object reading, long bytes, @Nullable Object first, int start) {}

  /** This thread is about to write to a connection. */
  public @Nullable Object writing(@Nullable FileDescriptor descriptor) {
    return null;
  }

  /** So many bytes were written; {@code writing} is what {@link #writing} returned, if not null. */
  public void wrote(Object writing, long bytes) {}

  /**
   * A channel was made whose socket was opened without the JDK.
   *
   * @param local null if it was not accepted
   */
  public void nativeChannelMade(
      Object channel,
      int descriptor,
      boolean server,
      boolean datagram,
      @Nullable Object local,
      @Nullable Object remote) {}

  /** A descriptor that was opened so is about to be closed; see {@link #closing}. */
  public @Nullable Object nativeClosing(int descriptor) {
    return null;
  }

  /** A socket that was opened so listens. */
  public void nativeListening(int descriptor, @Nullable Object local) {}

  /** It is about to connect. */
  public void nativeConnecting(int descriptor) {}

  /** It is connected. */
  public void nativeConnected(int descriptor, @Nullable Object local, @Nullable Object remote) {}

  /** This thread reads from it; see {@link #reading}. */
  public @Nullable Object nativeReading(int descriptor) {
    return null;
  }

  /**
   * This thread puts bytes where they wait to be written to a connection.
   *
   * @param channel as for {@link #requestWritten}
   * @param isFirst whether nothing waits there
   */
  public void bytesQueued(Object channel, int bytes, boolean isFirst) {}

  /** This thread is about to write to it; see {@link #writing}. */
  public @Nullable Object nativeWriting(int descriptor) {
    return null;
  }

  /**
   * This thread writes a request that has a number over a connection, or what belongs to it.
   *
   * @param channel the JDK's, or one whose socket was opened without it
   */
  public void requestWritten(Object channel, int number) {}

  /**
   * This thread gives a request its number, and will write it.
   *
   * @param connection of the JDK's HTTP client
   */
  public void requestNumbered(Object connection, int number) {}

  /**
   * This thread is about to give a request its number and to write it.
   *
   * @param socket over which; null if it has
   */
  public void sendingRequest(@Nullable Object socket) {}

  /** The request that this thread is sending has this number, and nothing of it is written yet. */
  public void requestSent(int number) {}

  /**
   * This thread goes on with what came over a connection for a request that has a number.
   *
   * @param channel as for {@link #requestWritten}
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterRequest(Object channel, int number) {
    return null;
  }

  /**
   * This thread has before it what belongs to a request that has a number, among what it has read
   * from a connection.
   *
   * @param parser what takes that connection apart, as long as it lives
   */
  public void requestRead(Object parser, int number) {}

  /** A window got its native peer. */
  public void windowOpened(Object window) {}

  /** An icon was put into the tray. */
  public void trayIconAdded(Object icon) {}

  /** The pipes to a child process; what is redirected has none. */
  public void processPipes(
      byte @Nullable [] program, @Nullable Object in, @Nullable Object out, @Nullable Object err) {}

  /** A child process was started. */
  public void processStarted(Object process, long pid, byte @Nullable [] program) {}

  /** A temporary file was made. */
  public void temporaryFile(@Nullable Object path) {}

  /** A file was deleted. */
  public void fileDeleted(@Nullable Object path) {}

  /** A task was handed to an executor or to the event queue. */
  public void taskSubmitted(@Nullable Object task) {}

  /** The same to a pool, whose queue is this, and which does it as often as it is handed to it. */
  public void taskQueued(Object queue, @Nullable Object task) {}

  /** A pool makes a thread for this task, if there is one, which does not go through its queue. */
  public void firstTask(Object queue, @Nullable Object task) {}

  /** It did not make that thread after all. */
  public void noThreadFor(Object queue, @Nullable Object task) {}

  /** The pool does not do it after all. */
  public void taskRejected(Object queue, Object task) {}

  /**
   * This thread of a pool is about to take a task from its queue: the one before is over.
   *
   * @return what to give to {@link #taskTakenFrom}, or nothing
   */
  public @Nullable Object awaitsTask() {
    return null;
  }

  /** This thread of a pool has taken this from its queue. */
  public void taskTakenFrom(Object worker, Object queue, @Nullable Object task) {}

  /**
   * A node is about to be put into a {@code LinkedBlockingQueue}.
   *
   * @return the one to put there
   */
  public Object enqueued(Object node) {
    return node;
  }

  /**
   * A task is given to an executor, one thread of which does those of several, one after another.
   *
   * @param inside whether another may be done in its place, with this inside; else it is told of
   *     with {@link #enterAgain}
   * @return the one to do
   */
  public @Nullable Object carried(@Nullable Object task, boolean inside) {
    return task;
  }

  /** This thread has taken many elements out of a queue at once. */
  public void drained() {}

  /** This thread does what is due for a channel, whoever reads or has read from it. */
  public void selected(@Nullable Object channel) {}

  /** The same; what it takes up now may have been read with what was before it. */
  public void served(@Nullable Object channel) {}

  /** A node has been taken out of such a queue, with this in it. */
  public void dequeued(Object node, @Nullable Object element) {}

  /** An element is about to be put into a queue that has no nodes. */
  public void elementEnqueued(@Nullable Object element) {}

  /** It has been taken out of there. */
  public void elementDequeued(@Nullable Object element) {}

  /** This thread takes a task up, or nothing ({@code null}): the task before is over. */
  public void taskTaken(@Nullable Object task) {}

  /** This thread takes what was left for whichever thread comes by, and goes on with it. */
  public void pieceTaken(@Nullable Object piece) {}

  /** This thread goes on with a task, and perhaps will again, until it goes on with another. */
  public void goOnWith(Object task) {}

  /**
   * This thread does what is due for one of several connections.
   *
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterEvents() {
    return null;
  }

  /**
   * This thread goes on with a task, if it is known for whom, and perhaps will again.
   *
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterAgain(Object task) {
    return null;
  }

  /**
   * A task is for whom this thread works, also if that is the process, as often as it is gone on
   * with. For whom it was before, if the object was used for another, is over.
   */
  public void taskKept(Object task) {}

  /**
   * This thread does something for whom a task is, for the process if that is not known, and
   * perhaps will again.
   *
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterKept(Object task) {
    return null;
  }

  /** Nobody will ask for this task again, and the object may be used for another. */
  public void taskOver(Object task) {}

  /**
   * This thread goes on with a task in the middle of something else.
   *
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterTask(Object task) {
    return null;
  }

  /** The task is over; what went on before goes on. */
  public void leaveTask(@Nullable Object before) {}

  /** Several tasks are about to be done, the first of them by this thread itself. */
  public void tasksInvoked(@Nullable Object tasks) {}

  /** A timer looks at the task that is due next; it may do it now. */
  public void timerTask(@Nullable Object task) {}

  /**
   * This thread goes on with a stage of a computation: for who registered it.
   *
   * @param mode above 0 if it does so because the stage was handed to it as a task
   * @return what to give to {@link #leaveStage}; null if it works on for whom it did
   */
  public @Nullable Object enterStage(Object stage, int mode) {
    return null;
  }

  /**
   * Ends what {@link #enterStage} began.
   *
   * @param done whether the stage is over for good
   */
  public void leaveStage(Object stage, @Nullable Object before, boolean done) {}

  /**
   * This thread does something that may change for whom it works.
   *
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterOther() {
    return null;
  }

  /**
   * An asynchronous operation on a connection begins.
   *
   * @param reads whether it reads
   * @param calledBack whether somebody is called back at its end
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterOperation(
      Object channel, @Nullable FileDescriptor descriptor, boolean reads, boolean calledBack) {
    return null;
  }

  /**
   * An asynchronous operation on a connection has ended, and whoever waits for it is called back.
   *
   * @return what to give to {@link #leaveTask}
   */
  public @Nullable Object enterCompletion(Object channel, @Nullable FileDescriptor descriptor) {
    return null;
  }

  /**
   * The agent leaves: from now on nothing is intercepted, and the null object stands here again.
   */
  public void detach() {}

  /** What this thread opens from now on is shared by design and belongs to the process. */
  public void enterProcessScope() {}

  /** Ends what {@link #enterProcessScope} began. */
  public void leaveProcessScope() {}

  // From here on called by programs that know of transactions, by name: see AgentChannel.

  /** Incarnation of this process. */
  public int incarnation() {
    return 0;
  }

  /** A new transaction ID: node, incarnation, sequence. */
  public long @Nullable [] newTransaction() {
    return null;
  }

  /**
   * From now on this thread works for that transaction.
   *
   * @return what to give to {@link #leaveTransaction}
   */
  public @Nullable Object enterTransaction(long node, int incarnation, long sequence) {
    return null;
  }

  /** It works again for what it worked for before. */
  public void leaveTransaction(@Nullable Object before) {}

  /** For whom this thread works: node, incarnation, sequence; null if for the process. */
  public long @Nullable [] currentTransaction() {
    return null;
  }

  /** Sends the body of a frame to the node; silently lost while there is none. */
  public void sendToNode(byte[] frame) {}

  /**
   * Says who receives what the node tells programs.
   *
   * @param received given the bodies of frames, on a thread of the agent's
   * @param connected run on the same thread when the node is there, for the first time or again
   */
  public void receiveFromNode(Consumer<byte[]> received, Runnable connected) {}
}

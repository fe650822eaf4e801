package org.quicksilver.agent.track;

import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.Descriptors;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Verdict;
import org.quicksilver.transaction.TransactionId;

/**
 * The open handles of this JVM, in the heap and in the breadcrumbs. Thread-safe, without locks
 * where descriptors are concerned.
 *
 * <p>Only what is open is in here; an entry does not keep the application's object alive.
 */
public final class Handles {

  private final Crumbs crumbs;
  private final OpeningStacks stacks;
  private final DescriptorTable byDescriptor = new DescriptorTable();
  private final ObjectTable byObject = new ObjectTable();
  private final ConcurrentHashMap<Path, TemporaryFile> temporaries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Handle, Archive> archives = new ConcurrentHashMap<>();
  private final OwnDescriptors own;
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  private final ConcurrentLinkedQueue<Handle> dropped = new ConcurrentLinkedQueue<>();
  private final Outflows outflows = new Outflows();
  private final FormerConnections former = new FormerConnections();
  private final Scope scope = new Scope();
  private final DescriptorAlarm alarm = new DescriptorAlarm();
  private @Nullable Witness witness;
  private @Nullable Journal journal;
  private volatile boolean leavesSomething;

  /** Begins empty. */
  public Handles(BreadcrumbWriter breadcrumbs) {
    this.crumbs = new Crumbs(breadcrumbs);
    this.stacks = new OpeningStacks(this, crumbs);
    this.own = new OwnDescriptors(breadcrumbs);
  }

  /** Who is told of what turns out in here only. */
  interface Witness {

    /**
     * A handle's descriptor has been given to another: it was closed unseen, or its closing is just
     * about to be booked.
     */
    void closedUnseen(Handle handle);

    /** Something is opened for a part of a stream. */
    void turnUsed(Branch turn);

    /** The transaction of a handle ended while that was being opened. */
    void openedTooLate(Handle handle);
  }

  /** Who is told. Set before the first is opened. */
  void tell(Witness told) {
    witness = told;
  }

  /** The connections that this process opened and uses for several. */
  public Outflows outflows() {
    return outflows;
  }

  /** The connections that this process opened and has closed. */
  public FormerConnections former() {
    return former;
  }

  /** Where they were opened. */
  public OpeningStacks stacks() {
    return stacks;
  }

  /** Which of them are shared by design. */
  public Scope scope() {
    return scope;
  }

  private void count(Branch branch) {
    branch.opened();
    Witness told = witness;
    if (told != null && branch.isTurn()) {
      told.turnUsed(branch);
    }
  }

  /**
   * Who is told, once, of a descriptor with that number or a higher one.
   *
   * @param told called on the application's thread, or on the caller's if there is one already
   */
  public void whenDescriptorsReach(int number, Runnable told) {
    alarm.set(number, told);
    byDescriptor.forEach(handle -> alarm.look(handle.descriptor));
  }

  /** Who writes down from now on what becomes of handles. */
  public void journal(Journal writer) {
    journal = writer;
  }

  /** Writes down that a handle was reported or reclaimed. */
  public void judged(Handle handle, Verdict verdict) {
    Journal writer = journal;
    if (writer != null) {
      writer.judged(handle, verdict);
    }
  }

  private void opened(Handle handle) {
    Journal writer = journal;
    if (writer != null) {
      writer.opened(handle);
    }
  }

  @Nullable Handle get(int descriptor) {
    return descriptor < 0 ? null : byDescriptor.get(descriptor);
  }

  @Nullable ObjectHandle find(Object object) {
    return byObject.find(object);
  }

  boolean isKnown(TemporaryFile file) {
    return file.equals(temporaries.get(file.path()));
  }

  /** The record of the temporary file at a path, if there was one and it is there no more. */
  @Nullable Handle deleted(Path path) {
    TemporaryFile file = temporaries.get(path);
    return file == null || file.exists() ? null : find(file);
  }

  /** Whether any temporary file is recorded. */
  boolean hasTemporaries() {
    return !temporaries.isEmpty();
  }

  /** Records a handle with a descriptor; null if the descriptor is not open. */
  @Nullable Handle open(
      HandleKind kind,
      boolean accepted,
      Object object,
      int descriptor,
      byte[] what,
      long extra,
      Branch branch,
      ThreadContext context,
      @Nullable Throwable stack) {
    if (!DescriptorTable.fits(descriptor)) {
      return null;
    }
    Handle.Opening opening = opening(kind, accepted, object, what, extra, branch, context, stack);
    Handle handle = new Handle(opening, crumbs.slotOfDescriptor(descriptor), descriptor, collected);
    TransactionId transaction = branch.transaction();
    crumbs.opened(handle, transaction, context);
    count(branch);
    Handle unseen = byDescriptor.put(descriptor, handle);
    if (unseen != null) {
      replaced(unseen);
    }
    lookAgain(handle, branch, transaction);
    opened(handle);
    alarm.look(descriptor);
    return handle;
  }

  private void replaced(Handle unseen) {
    unseen.lost();
    unseen.markClosed();
    uncount(unseen);
    closedUnseen(unseen);
  }

  private void closedUnseen(Handle handle) {
    Witness told = witness;
    if (told != null) {
      told.closedUnseen(handle);
    }
  }

  /** An archive is kept with its record: its users may come and go. */
  void openArchive(
      Archive archive,
      int descriptor,
      byte[] what,
      Branch branch,
      ThreadContext context,
      @Nullable Throwable stack) {
    Handle handle =
        open(HandleKind.ARCHIVE, false, archive, descriptor, what, 0, branch, context, stack);
    if (handle != null) {
      archives.put(handle, archive);
    }
  }

  /**
   * Between the look at its branch and the record its transaction may have become known, or ended,
   * or what is done over its connection may have been taken apart; whoever did that has not seen
   * it.
   */
  private void lookAgain(Handle handle, Branch branch, TransactionId published) {
    if (branch.transaction() != published) {
      crumbs.moved(handle, branch.transaction());
    }
    Branch heir = branch.heir();
    if (heir != null) {
      move(handle, heir);
    }
    Witness told = witness;
    if (branch.ended() && told != null) {
      told.openedTooLate(handle);
    }
  }

  /** A handle moves from branch to branch while others close it: each count changes once. */
  private static void uncount(Handle handle) {
    if (handle.branch().origin() != Branch.Origin.PROCESS) {
      synchronized (handle) {
        handle.branch().closed();
      }
    }
  }

  private Handle.Opening opening(
      HandleKind kind,
      boolean accepted,
      Object object,
      byte[] what,
      long extra,
      Branch branch,
      ThreadContext context,
      @Nullable Throwable stack) {
    if (stack != null) {
      stacks.recorded();
    }
    return new Handle.Opening(
        kind,
        accepted,
        object,
        what,
        extra,
        branch,
        System.currentTimeMillis(),
        context.threadName(),
        Traces.current(),
        stack);
  }

  ObjectHandle openObject(
      HandleKind kind,
      Object object,
      byte[] what,
      long extra,
      Branch branch,
      ThreadContext context,
      @Nullable Throwable stack) {
    Handle.Opening opening = opening(kind, false, object, what, extra, branch, context, stack);
    ObjectHandle handle = new ObjectHandle(opening, crumbs.takeSlot(), collected);
    TransactionId transaction = branch.transaction();
    crumbs.opened(handle, transaction, context);
    count(branch);
    byObject.put(handle);
    lookAgain(handle, branch, transaction);
    opened(handle);
    leavesSomething |= kind == HandleKind.PROCESS;
    return handle;
  }

  Handle openTemporary(
      TemporaryFile file,
      byte[] what,
      Branch branch,
      ThreadContext context,
      @Nullable Throwable stack) {
    Handle handle =
        openObject(HandleKind.TEMP_FILE, file, what, file.inode(), branch, context, stack);
    TemporaryFile former = temporaries.put(file.path(), file);
    leavesSomething = true;
    if (former != null) {
      closeGone(find(former));
    }
    return handle;
  }

  /**
   * Takes a closed handle out.
   *
   * @return false if somebody else did
   */
  public boolean close(Handle handle) {
    if (!takeOut(handle)) {
      return false;
    }
    handle.markClosed();
    Journal writer = journal;
    if (writer != null) {
      writer.closed(handle);
    }
    uncount(handle);
    if (handle.kind() == HandleKind.ARCHIVE) {
      archives.remove(handle);
    }
    crumbs.closed(handle);
    return true;
  }

  /** Takes all out: they stay open, but nobody watches them any more. */
  public void letGo(Consumer<Handle> told) {
    journal = null;
    forEach(
        handle -> {
          if (close(handle)) {
            told.accept(handle);
          }
        });
  }

  /** Takes out what nobody was seen to close; its closing is booked. */
  public void closeUnseen(Handle handle) {
    if (close(handle)) {
      handle.lost();
      closedUnseen(handle);
    }
  }

  /** Takes out what turns out to be gone, without anybody having told; its closing is booked. */
  public void closeGone(@Nullable Handle handle) {
    boolean byUs = handle != null && handle.isClaimed();
    if (handle != null && close(handle) && !byUs) {
      closedUnseen(handle);
    }
  }

  /** A descriptor is our own or the JDK's: no handle of the application. */
  void own(int descriptor) {
    Handle unseen = get(descriptor);
    if (unseen != null) {
      closeUnseen(unseen);
    }
    own.add(descriptor);
  }

  void disown(int descriptor) {
    own.remove(descriptor);
  }

  /** What descriptors are our own. */
  public OwnDescriptors ownDescriptors() {
    return own;
  }

  /** A handle whose object lives on was collected by all who could close it. */
  void dropped(Handle handle) {
    if (!handle.isUnreachable()) {
      handle.lost();
      dropped.add(handle);
    }
  }

  /** The next handle whose object was collected; null if there is none now. */
  public @Nullable Handle nextCollected() {
    Handle handle = dropped.poll();
    return handle != null ? handle : (Handle) collected.poll();
  }

  /** The file that a lock was got on; null if it is closed, or that is no lock. */
  public @Nullable Handle fileOfLock(Handle lock) {
    if (lock.kind() != HandleKind.LOCK) {
      return null;
    }
    for (int number : Descriptors.unpack(lock.extra())) {
      Handle file = get(number);
      return file != null && file.openedAtMillis() <= lock.openedAtMillis() ? file : null;
    }
    return null;
  }

  /** Tells the numbers of its descriptors. */
  void number(ObjectHandle handle, long packed) {
    handle.extra(packed);
    crumbs.numbered(handle, packed);
  }

  private boolean takeOut(Handle handle) {
    if (handle.descriptor >= 0) {
      return byDescriptor.remove(handle.descriptor, handle);
    }
    if (handle.get() instanceof TemporaryFile file) {
      temporaries.remove(file.path(), file);
    }
    return handle instanceof ObjectHandle known && byObject.remove(known);
  }

  /** Moves a handle to another branch. */
  public void move(Handle handle, Branch to) {
    synchronized (handle) {
      if (!handle.isClosed() && handle.branch() != to) {
        count(to);
        handle.branch().closed();
        handle.move(to);
        crumbs.moved(handle, to.transaction());
      }
    }
  }

  /**
   * Moves what is shared to the process, and with a file the locks that were taken for the same.
   */
  public void share(Handle handle, Branch process) {
    Branch before = handle.branch();
    move(handle, process);
    if (handle.kind() == HandleKind.FILE) {
      forEachObject(
          other -> {
            if (other.branch() == before && fileOfLock(other) == handle) {
              move(other, process);
            }
          });
    }
  }

  /** Writes the new transaction of every handle of these branches into the breadcrumbs. */
  public void retag(List<Branch> moved) {
    Set<Branch> wanted = new HashSet<>();
    for (Branch branch : moved) {
      Handle connection = branch.connectionHandle();
      if (connection != null && branch.openHandles() <= 1) {
        crumbs.moved(connection, branch.transaction());
      } else {
        wanted.add(branch);
      }
    }
    if (!wanted.isEmpty()) {
      forEach(
          handle -> {
            if (wanted.contains(handle.branch())) {
              crumbs.moved(handle, handle.branch().transaction());
            }
          });
    }
  }

  void describe(Handle handle, byte[] what) {
    handle.describe(what);
    crumbs.described(handle, what);
  }

  /** Whether a temporary file or a child process was ever recorded. */
  public boolean leavesSomethingBehind() {
    return leavesSomething;
  }

  /**
   * Calls back for every handle, in no order; those opened or closed meanwhile may or may not be
   * seen.
   */
  public void forEach(Consumer<Handle> consumer) {
    byDescriptor.forEach(consumer);
    byObject.forEach(consumer);
  }

  /** The objects known by themselves: directory streams, windows, processes, temporary files. */
  public void forEachObject(Consumer<Handle> consumer) {
    byObject.forEach(consumer);
  }
}

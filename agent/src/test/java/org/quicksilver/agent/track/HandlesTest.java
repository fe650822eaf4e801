package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;

/** Whose handles are that are opened, or closed, while it turns out whose they are. */
final class HandlesTest {

  private static final String HERE = "127.0.0.1:8080 -> 127.0.0.1:40001";
  private static final TransactionId POOLS = new TransactionId(1, 7, 2);

  @TempDir private Path directory;

  private final Branches branches = new Branches(1, 1);
  private final Branch connection = branches.begin(Branch.Origin.ACCEPTED);
  private final ThreadContext context = ThreadContext.contexts(branches.process()).get();
  private final List<Handle> late = new ArrayList<>();
  private final List<Branch> used = new ArrayList<>();
  private @Nullable BreadcrumbWriter breadcrumbs;
  private @Nullable Handles handles;

  @BeforeEach
  void create() throws IOException {
    BreadcrumbWriter created = BreadcrumbWriter.create(directory.resolve("jvm"), 1, 1, 1);
    breadcrumbs = created;
    Handles made = new Handles(created);
    made.tell(new Told());
    handles = made;
  }

  private final class Told implements Handles.Witness {
    @Override
    public void closedUnseen(Handle handle) {}

    @Override
    public void turnUsed(Branch turn) {
      used.add(turn);
    }

    @Override
    public void openedTooLate(Handle handle) {
      late.add(handle);
    }
  }

  @AfterEach
  void close() throws IOException {
    if (breadcrumbs != null) {
      breadcrumbs.close();
    }
  }

  private Handles handles() {
    assertNotNull(handles);
    return handles;
  }

  private Handle open(HandleKind kind, boolean accepted, int descriptor, String what) {
    byte[] text = what.getBytes(StandardCharsets.UTF_8);
    Handle handle =
        handles().open(kind, accepted, this, descriptor, text, 0, connection, context, null);
    assertNotNull(handle);
    return handle;
  }

  private Handle accept() {
    connection.accepted(HERE.getBytes(StandardCharsets.UTF_8), 1);
    Handle socket = open(HandleKind.SOCKET, true, 20, HERE);
    socket.inflow(new Inflow(connection));
    connection.connectionHandle(socket);
    return socket;
  }

  /** A thread may have looked for whom it works just before that changed. */
  @Test
  void whatIsOpenedWhileItsConnectionIsTakenApartIsOfWhomTheRestIs() {
    Branch heir = branches.turn(connection, 0, 0);
    connection.heir(heir);
    assertSame(heir, open(HandleKind.FILE, false, 21, "/tmp/a").branch());
    assertEquals(0, connection.openHandles());
    assertEquals(List.of(heir), used);
  }

  @Test
  void whatIsOpenedWhileItsTransactionEndsIsTold() {
    Handle before = open(HandleKind.FILE, false, 21, "/tmp/a");
    branches.end(connection.transaction());
    Handle after = open(HandleKind.FILE, false, 22, "/tmp/b");
    assertEquals(List.of(after), late);
    assertTrue(before.branch().ended());
  }

  /** What was done over it lasts, and belongs to whom it was done for. */
  @Test
  void aConnectionThatIsClosedAlreadyIsTakenApart() {
    Handle socket = accept();
    Handle file = open(HandleKind.FILE, false, 21, "/tmp/a");
    handles().close(socket);
    new Turns(handles(), branches).pooled(connection.provisional(), HERE, POOLS);
    assertTrue(file.branch().isTurn());
    assertSame(connection, file.branch().ofConnection());
    assertFalse(file.branch().transaction().equals(POOLS));
  }

  @Test
  void aConnectionThatIsOpenBelongsToItsPool() {
    Handle socket = accept();
    Handle file = open(HandleKind.FILE, false, 21, "/tmp/a");
    new Turns(handles(), branches).pooled(connection.provisional(), HERE, POOLS);
    assertEquals(POOLS, socket.branch().transaction());
    assertTrue(file.branch().isTurn());
  }

  /** Its transaction has ended, and the connection serves on. */
  @Test
  void aConnectionWhoseBranchHasEndedIsFoundByItsEnds() {
    Handle socket = accept();
    branches.end(connection.transaction());
    assertNull(connection.connectionHandle(), "who keeps a branch keeps no handle");
    new Turns(handles(), branches).pooled(connection.provisional(), HERE, POOLS);
    assertEquals(POOLS, socket.branch().transaction());
  }

  @Test
  void formerConnectionsAreRememberedByTheirEnds() {
    FormerConnections former = handles().former();
    for (int i = 0; i < 3000; i++) {
      Handle socket = open(HandleKind.SOCKET, false, 20, "127.0.0.1:" + i + " -> 127.0.0.1:80");
      former.add(socket);
      handles().close(socket);
    }
    Handle again = open(HandleKind.SOCKET, false, 20, "127.0.0.1:2999 -> 127.0.0.1:80");
    handles().move(again, branches.process());
    former.add(again);
    Map<String, FormerConnections.Former> found =
        former.find(
            List.of(
                "127.0.0.1:2999 -> 127.0.0.1:80",
                "127.0.0.1:2998 -> 127.0.0.1:80",
                "127.0.0.1:0 -> 127.0.0.1:80",
                "127.0.0.1:80 -> 127.0.0.1:2998"));
    assertEquals(2, found.size(), "the others are of long ago, or nobody's");
    assertSame(
        branches.process(), found.get("127.0.0.1:2999 -> 127.0.0.1:80").branch(), "the latest");
    FormerConnections.Former one = found.get("127.0.0.1:2998 -> 127.0.0.1:80");
    assertSame(connection, one.branch());
    assertTrue(one.openedAtMillis() <= one.closedAtMillis());
  }
}

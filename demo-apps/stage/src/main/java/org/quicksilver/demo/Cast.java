package org.quicksilver.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The legacy programs of one run: the servers, and clients that hold what they have opened. */
final class Cast {
  /** So many servers stand behind the file client, first in the list. */
  private static final int CHAIN = 3;

  private final Workspace workspace;
  private final Programs programs;
  private final DemoFiles files;
  private final Optional<Display> display;
  private final List<Server> servers = new ArrayList<>();
  private final List<Child> clients = new ArrayList<>();

  Cast(Workspace workspace, Programs programs, Path directory, Optional<Display> display) {
    this.workspace = workspace;
    this.programs = programs;
    this.files = DemoFiles.create(directory);
    this.display = display;
  }

  /** Starts the servers, then the clients; returns when every client holds what it wants. */
  void start() {
    Server data = server("DataServer", "0", files.blocks().toString());
    Server directory = server("DirectoryServer", "0", port(data), files.index().toString());
    Server file = server("FileServer", "0", port(directory), files.root().toString());
    servers.addAll(List.of(file, directory, data));
    display.ifPresent(any -> servers.add(server("WindowServer", "0")));
    client("FileClient", port(file), DemoFiles.NAME);
    display.ifPresent(any -> client("WindowClient", port(servers.get(CHAIN)), "Report"));
    clients.forEach(client -> client.awaitLine("(holding)"));
  }

  private Server server(String name, String... arguments) {
    Child child = workspace.start(name, programs.command(name, arguments), environment());
    int port = Integer.parseInt(child.awaitLine("listening on (\\d+)"));
    return new Server(child, port, name.equals("WindowServer"));
  }

  private void client(String name, String... arguments) {
    clients.add(workspace.start(name, programs.command(name, arguments), environment()));
  }

  private Map<String, String> environment() {
    return display.map(Display::environment).orElse(Map.of());
  }

  private static String port(Server server) {
    return Integer.toString(server.port());
  }

  /**
   * The processes that do something for a client, by the client's: the chain, and the window
   * server.
   */
  Map<Long, Set<Long>> serversByClient() {
    Map<Long, Set<Long>> pids = new LinkedHashMap<>();
    pids.put(clients.get(0).pid(), pids(servers.stream().limit(CHAIN)));
    if (clients.size() > 1) {
      pids.put(clients.get(1).pid(), pids(servers.stream().skip(CHAIN)));
    }
    return pids;
  }

  private static Set<Long> pids(Stream<Server> servers) {
    return servers.map(server -> server.child().pid()).collect(Collectors.toSet());
  }

  /** Holds the files the servers serve. */
  Path directory() {
    return files.directory();
  }

  /** Everybody's name and process number. */
  void introduceTo(Report report) {
    report.line("servers: %s", names(servers.stream().map(Server::child)));
    report.line("clients: %s", names(clients.stream()));
  }

  private static String names(Stream<Child> children) {
    return children
        .map(child -> child.name() + " " + child.pid())
        .collect(Collectors.joining(", "));
  }

  /** What each server holds at the moment. */
  Map<Server, Held> held() {
    Map<Server, Held> held = new LinkedHashMap<>();
    servers.forEach(server -> held.put(server, descriptors(server).withWindows(server.windows())));
    return held;
  }

  /**
   * Whether the servers hold nothing. Asks for windows last: that is work for the window server.
   */
  boolean isNothingHeld() {
    return servers.stream().allMatch(server -> descriptors(server).count() == 0)
        && servers.stream().allMatch(server -> server.windows() == 0);
  }

  /** The sockets whose other side has closed. */
  int closeWait() {
    return servers.stream().mapToInt(server -> descriptors(server).closeWait()).sum();
  }

  private Held descriptors(Server server) {
    Set<Integer> ports = servers.stream().map(Server::port).collect(Collectors.toSet());
    return Held.by(server, files.directory(), ports);
  }

  /** Kills every client with SIGKILL; returns the moment before the first dies. */
  Instant killClients() {
    Instant before = Instant.now();
    clients.forEach(Child::kill);
    clients.forEach(Child::awaitKilled);
    return before;
  }
}

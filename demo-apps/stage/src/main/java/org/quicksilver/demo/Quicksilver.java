package org.quicksilver.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Quicksilver as its user sees it: a jar with commands, which is an agent too. One node, in a home
 * of its own.
 */
final class Quicksilver {
  private final Path jar;
  private final Path home;
  private final Workspace workspace;

  Quicksilver(Path jar, Path home, Workspace workspace) {
    this.jar = jar;
    this.home = home;
    this.workspace = workspace;
  }

  /** Starts the node and waits until it is ready. */
  Child startNode() {
    Child node = workspace.start("node", command("node"), environment());
    node.awaitLine("node ready: (.*)");
    return node;
  }

  /** What makes a legacy program one that gives back what it held for the dead. */
  String javaAgent() {
    return "-javaagent:" + jar + "=home=" + home + ",policy=*=reclaim@0s";
  }

  /** The transaction trees as people read them. */
  String tree() {
    return workspace.run("quicksilver tree", command("tree"), environment());
  }

  /** The transaction trees. */
  List<TreeEntry> treeEntries() {
    return TreeEntry.parse(
        workspace.run("quicksilver tree --json", command("tree", "--json"), environment()));
  }

  /** The reclaims in the audit trail. */
  List<Reclaim> reclaims() {
    return Reclaim.parse(
        workspace.run("quicksilver audit --json", command("audit", "--json"), environment()));
  }

  private List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of(Programs.java(), "-jar", jar.toString()));
    command.addAll(List.of(words));
    return command;
  }

  private Map<String, String> environment() {
    return Map.of("QUICKSILVER_HOME", home.toString());
  }
}

package org.quicksilver.config;

/**
 * The options of agent and node. Each can be given as an agent argument, a system property, an
 * environment variable or in a file.
 */
public enum Option {
  /** Home directory; default {@code ~/.quicksilver}. */
  HOME("home", "DIR", "home directory, shared by the JVMs and the node (default ~/.quicksilver)"),
  /** Options file; default {@code quicksilver.properties} in the home. */
  CONFIG("config", "FILE", "properties file with options (default HOME/quicksilver.properties)"),
  /** Which node to use. */
  NODE(
      "node",
      "auto|embedded|off|HOST:PORT",
      "start a node if none runs, run it in this JVM, do without, or use that one (default auto)"),
  /** Policy rules. */
  POLICY(
      "policy",
      "RULE;RULE...",
      "what is done with handles that outlive their transaction: kind[:glob]=observe|reclaim|ignore"
          + "[+leaks][@grace] (default *=observe@2s)"),
  /** Opening stacks. */
  STACK(
      "stack",
      "on|off|FRAMES",
      "keep the opening stack of each handle, or so many frames of it (default on)"),
  /** How many handles have their stack recorded. */
  STACK_SAMPLE(
      "stack-sample", "N", "record the opening stack of one handle in N only (default 1: of all)"),
  /** How much of a thread's time stacks may take. */
  STACK_BUDGET(
      "stack-budget",
      "PERCENT",
      "how much of a thread's time stacks of files closed at once may take, 100 for any; beyond it a"
          + " file has that of one its thread opened before, and says so (default 10)"),
  /** Closing stacks. */
  STACK_CLOSE(
      "stack-close",
      "on|off",
      "record who closes a handle, too: shown where a report is withdrawn (default off)"),
  /** How long handles may be open. */
  LEAK_AGE(
      "leak-age",
      "KIND:AGE;KIND:AGE...",
      "report handles of that kind (* for all others) that have been open for so long"),
  /** How many handles may be open. */
  LEAK_COUNT(
      "leak-count",
      "KIND:NUMBER;KIND:NUMBER...",
      "write a list of all handles when more of that kind (* for all) are open, once in 10 minutes"),
  /** Families not to intercept. */
  WITHOUT(
      "without",
      "FAMILY;FAMILY...",
      "do not intercept: file, channel, directory, socket, window, process, temp-file, executor"),
  /** Cache of transformed classes. */
  CACHE(
      "cache",
      "on|off",
      "keep transformed JDK classes in the home for a faster start (default on)"),
  /** Where the node listens besides its socket file. */
  LISTEN(
      "listen",
      "HOST:PORT",
      "node only: also listen on that loopback port (default: socket file only)"),
  /** Other nodes to be linked with. */
  PEERS(
      "peers",
      "DIR|HOST:PORT;...",
      "node only: other nodes of this machine to be linked with, by home directory or by port; over"
          + " a port both need the same file 'secret' in their homes"),
  /** After how long a silence a link is lost. */
  LINK_DEATH(
      "link-death",
      "DURATION",
      "node only: a linked node that is silent for so long is lost (default 10s)"),
  /** How far the node may be trusted to stay. */
  STURDINESS(
      "sturdiness",
      "brittle|ordinary|robust",
      "node only: a brittle node hands coordination to the first robust one it works with (default"
          + " ordinary)"),
  /** How long a node without JVMs stays. */
  LINGER(
      "linger",
      "DURATION",
      "node only: stop that long after the last JVM left; 0 = never (default 60s)"),
  /** Memory of a node that an agent starts. */
  NODE_HEAP("node-heap", "SIZE", "heap of a node that an agent starts (default 256m)");

  private final String key;
  private final String form;
  private final String meaning;

  Option(String key, String form, String meaning) {
    this.key = key;
    this.form = form;
    this.meaning = meaning;
  }

  /** Name as an agent argument; a system property is {@code quicksilver.} and this. */
  public String key() {
    return key;
  }

  /** Form of the value, for help texts. */
  public String form() {
    return form;
  }

  /** What it does, for help texts. */
  public String meaning() {
    return meaning;
  }

  /** Name as a system property and in the options file. */
  public String property() {
    return "quicksilver." + key;
  }

  /** Name as an environment variable. */
  public String variable() {
    return "QUICKSILVER_" + key.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
  }
}

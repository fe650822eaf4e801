package org.quicksilver.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/**
 * All commands. Those not asked for are not made: reading their annotations takes longer than most
 * answers.
 */
final class CommandTree {

  private static final OptionSpec HELP =
      OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build();

  private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();

  CommandTree(Screen screen) {
    add("node", () -> new NodeCommand(screen));
    add("status", () -> new StatusCommand(screen));
    add("stats", () -> new StatsCommand(screen));
    add("jvms", () -> new JvmsCommand(screen));
    add("handles", () -> new HandlesCommand(screen));
    add("tree", () -> new TreeCommand(screen));
    add("leaks", () -> new LeaksCommand(screen));
    add("explain", () -> new ExplainCommand(screen));
    add("diff", () -> new DiffCommand(screen));
    add("audit", () -> new AuditCommand(screen));
    add("abort", () -> new AbortCommand(screen));
    add("queues", () -> new QueuesCommand(screen));
    add("call", () -> new CallCommand(screen));
    add("attach", () -> new AttachCommand(screen));
    add("detach", () -> new DetachCommand(screen));
    commands.put("policy", () -> policy(screen));
    commands.put("tx", () -> tx(screen));
    commands.put("log", () -> log(screen));
    commands.put("memory", () -> memory(screen));
    add("stop", () -> new StopCommand(screen));
    add("help", HelpCommand::new);
  }

  private void add(String name, Supplier<Object> command) {
    commands.put(name, () -> line(command.get()));
  }

  private static CommandLine line(Object command) {
    CommandLine line = new CommandLine(command);
    if (!(command instanceof HelpCommand)) {
      line.getCommandSpec().addOption(HELP);
    }
    return line;
  }

  private static CommandLine policy(Screen screen) {
    return line(new PolicyCommand(screen))
        .addSubcommand("list", line(new PolicyListCommand(screen)))
        .addSubcommand("set", line(new PolicySetCommand(screen)))
        .addSubcommand("clear", line(new PolicyClearCommand(screen)));
  }

  private static CommandLine tx(Screen screen) {
    return line(new TxCommand())
        .addSubcommand("list", line(new TxListCommand(screen)))
        .addSubcommand("show", line(new TxShowCommand(screen)))
        .addSubcommand("tree", line(new TxTreeCommand(screen)))
        .addSubcommand("commit", line(new TxCommitCommand(screen)))
        .addSubcommand("abort", line(new AbortCommand(screen)))
        .addSubcommand("resolve", line(new TxResolveCommand(screen)));
  }

  private static CommandLine log(Screen screen) {
    return line(new LogCommand())
        .addSubcommand("dump", line(new LogDumpCommand(screen)))
        .addSubcommand("verify", line(new LogVerifyCommand(screen)))
        .addSubcommand("force", line(new LogForceCommand(screen)))
        .addSubcommand("checkpoint", line(new LogCheckpointCommand(screen)));
  }

  private static CommandLine memory(Screen screen) {
    return line(new MemoryCommand())
        .addSubcommand("info", line(new MemoryInfoCommand(screen)))
        .addSubcommand("log", line(new MemoryLogCommand(screen)))
        .addSubcommand("verify", line(new MemoryVerifyCommand(screen)))
        .addSubcommand("recover", line(new MemoryRecoverCommand(screen)));
  }

  /**
   * The command line that understands these arguments: with one command if they begin with its
   * name, else with all.
   */
  CommandLine lineFor(String[] arguments) {
    CommandLine root = new CommandLine(new RootCommand());
    String name = arguments.length == 0 ? "help" : arguments[0];
    Supplier<CommandLine> command = commands.get(name);
    if (command != null && !name.equals("help")) {
      root.addSubcommand(name, command.get());
    } else {
      commands.forEach((each, supplier) -> root.addSubcommand(each, supplier.get()));
    }
    return root;
  }
}

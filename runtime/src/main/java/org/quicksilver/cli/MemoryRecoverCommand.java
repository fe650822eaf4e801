package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;
import org.quicksilver.memory.vista.AfterMachineDied;
import org.quicksilver.memory.vista.Vista;
import org.quicksilver.memory.vista.VistaOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quicksilver memory recover}. */
@Command(
    name = "recover",
    description = {
      "Does what opening the memory does after a crash, and closes it again.",
      "LRVM: what is committed gets into the segments. Vista: what is not committed is undone. "
          + "Prepared transactions stay undecided; they are listed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Recovered, or there was nothing to do.",
      "1:The log is damaged; nothing was changed.",
      ExitCode.USAGE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver memory recover bank.log"})
final class MemoryRecoverCommand extends MemoryAction {

  @Option(
      names = "--accept-machine-died",
      description =
          "Also open a log of Vista that was open when the machine died: what can be undone is"
              + " undone, but nobody knows what the disk has of the rest.")
  private boolean accepts;

  MemoryRecoverCommand(Screen screen) {
    super(screen);
  }

  @Override
  int perform(Path log, Screen to, boolean asJson) {
    boolean vista = isVista(log);
    try (RecoverableMemory memory = vista ? openVista(log) : Lrvm.initialize(LrvmOptions.of(log))) {
      long transactions = memory.statistics().recoveredTransactions();
      if (asJson) {
        to.out().println(gson().toJson(json(transactions, memory.prepared())));
      } else {
        to.out().println("transactions " + (vista ? "undone" : "redone") + "  " + transactions);
        memory.prepared().forEach(each -> to.out().println("undecided  " + text(each)));
      }
    }
    return ExitCode.OK;
  }

  private RecoverableMemory openVista(Path log) {
    AfterMachineDied afterwards = accepts ? AfterMachineDied.ACCEPT : AfterMachineDied.REFUSE;
    return Vista.initialize(VistaOptions.of(log).with(afterwards));
  }

  private static JsonObject json(long transactions, List<PreparedTransaction> undecided) {
    JsonArray list = new JsonArray();
    for (PreparedTransaction each : undecided) {
      JsonObject one = new JsonObject();
      one.addProperty("transaction", each.id());
      one.addProperty("name", name(each));
      list.add(one);
    }
    JsonObject object = new JsonObject();
    object.addProperty("transactions", transactions);
    object.add("undecided", list);
    return object;
  }

  private static String text(PreparedTransaction each) {
    return each.id() + "  \"" + Shortening.oneLine(name(each)) + "\"";
  }

  private static String name(PreparedTransaction each) {
    return new String(each.name(), StandardCharsets.UTF_8);
  }
}

package aware.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A bank whose accounts are in recoverable memory, and whose teller is killed again and again.
 *
 * <p>Exit code 0: no money was lost or invented, and nothing that was said to be committed was
 * missing; 1: it was; 2: wrong arguments; 10: the bank could not be run.
 */
@Command(
    name = "bank",
    exitCodeOnExecutionException = 10,
    description = {
      "Transfers money between accounts in recoverable memory, and kills the process that does it",
      "with kill -9, again and again. Looks each time whether money was lost or invented."
    })
public final class Bank implements Callable<Integer> {

  private static final int LONGEST_LIFE_MILLIS = 50;
  private static final int EARLY_LIFE_MILLIS = 400;
  private static final int EARLY = 5;
  private static final int REPORT = 50;

  @Option(
      names = "--engine",
      required = true,
      paramLabel = "lrvm|vista",
      description = "who keeps the memory")
  private Engine engine = Engine.vista;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "how often the teller is killed (default: 20)")
  private int kills = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides transfers and moments of death (default: another one each time)")
  private long seed = System.nanoTime();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  /** Runs the bank and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bank()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("bank");
    System.out.printf(
        "bank with %s: %d branches of %d accounts, %d in each; seed %d%n",
        engine, Vault.BRANCHES, Vault.ACCOUNTS, Vault.OPENING_BALANCE, seed);
    List<String> wrong = run(directory);
    wrong.forEach(each -> System.out.println("WRONG: " + each));
    if (!wrong.isEmpty()) {
      System.out.println("its files are kept in " + directory);
      return 1;
    }
    delete(directory);
    return 0;
  }

  private List<String> run(Path directory) throws IOException, InterruptedException {
    Vault.found(engine, directory);
    Counter counter = new Counter(engine, directory, seed);
    Audit audit = new Audit(seed);
    Random random = new Random(seed);
    for (int kill = 1; kill <= kills; kill++) {
      boolean early = random.nextInt(EARLY) == 0;
      int millis = random.nextInt(early ? EARLY_LIFE_MILLIS : LONGEST_LIFE_MILLIS);
      Counter.Said said = counter.killAfter(millis, early);
      List<String> wrong = audit.check(said.found());
      if (!wrong.isEmpty()) {
        return wrong;
      }
      audit.acknowledge(said.acknowledged());
      if (kill % REPORT == 0) {
        System.out.printf("%d kills, %d transfers%n", kill, audit.transfers());
      }
    }
    return close(directory, audit);
  }

  /** The last look is this process's own. */
  private List<String> close(Path directory, Audit audit) {
    try (Vault vault = Vault.open(engine, directory)) {
      List<String> wrong = audit.check(vault.branches());
      if (wrong.isEmpty()) {
        System.out.printf(
            "killed %d times in %d transfers; every acknowledged one is there, and the sum is %d%n",
            kills, audit.transfers(), vault.branches().stream().mapToLong(Branch::sum).sum());
      }
      return wrong;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Bank::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.quicksilver.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads an agent into another JVM with the JDK's attach API. By reflection: the module may be
 * missing, and our class loader sees none of the JDK's tools.
 */
final class Attachment {

  private static final String API = "com.sun.tools.attach.VirtualMachine";

  private final ProcessHandle process;

  Attachment(ProcessHandle process) {
    this.process = process;
  }

  static ProcessHandle process(long pid) throws CommandException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.orElseThrow(
        () -> new CommandException(ExitCode.NOT_FOUND, "there is no process " + pid));
  }

  /** The agent: that jar, or else the one this program runs from. */
  static Path jar(@Nullable Path agent) throws CommandException {
    Path jar = agent != null ? agent : OwnJar.find().orElse(null);
    if (jar == null || !Files.isReadable(jar)) {
      throw new CommandException(
          ExitCode.FAILED,
          "no agent to load: run this from quicksilver.jar, or name it with --agent");
    }
    return jar.toAbsolutePath();
  }

  /**
   * Refuses a process that is no JVM. The attach API of older JDKs would send it a signal that ends
   * most programs.
   */
  void checkIsJvm() throws CommandException {
    Path maps = Path.of("/proc/" + process.pid() + "/maps");
    try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
      if (lines.noneMatch(line -> line.contains("/libjvm."))) {
        throw new CommandException(ExitCode.NOT_FOUND, "process " + process.pid() + " is no JVM");
      }
    } catch (NoSuchFileException e) {
      // Not a Linux: the JDK has to find out.
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException(
          ExitCode.DENIED,
          "process "
              + process.pid()
              + " may not be looked into: attach as the user that it runs as, with the same rights;"
              + " if it is shielded from that user too, start it with -javaagent",
          e);
    }
  }

  /**
   * Returns when the agent has started in there, or has failed to, of which only that JVM knows.
   */
  void load(Path jar, String arguments) throws CommandException {
    try {
      Class<?> api = Class.forName(API, true, ClassLoader.getSystemClassLoader());
      Object machine = api.getMethod("attach", String.class).invoke(null, "" + process.pid());
      try {
        api.getMethod("loadAgent", String.class, String.class)
            .invoke(machine, jar.toString(), arguments);
      } finally {
        api.getMethod("detach").invoke(machine);
      }
    } catch (InvocationTargetException e) {
      throw failed(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new CommandException(
          ExitCode.FAILED, "this Java has no module jdk.attach: run it with that of a JDK", e);
    }
  }

  private CommandException failed(@Nullable Throwable cause) {
    String what = cause == null ? "" : cause.getMessage() == null ? "" + cause : cause.getMessage();
    if (belongsToAnother()) {
      return new CommandException(
          ExitCode.DENIED, "process " + process.pid() + " belongs to another user: " + what, cause);
    }
    if (what.contains("Permission denied") || what.contains("not permitted")) {
      return new CommandException(
          ExitCode.DENIED, "process " + process.pid() + " cannot be attached to: " + what, cause);
    }
    boolean noJvm =
        cause != null && cause.getClass().getSimpleName().startsWith("AttachNotSupported");
    return new CommandException(
        noJvm ? ExitCode.NOT_FOUND : ExitCode.FAILED,
        (noJvm ? "process " + process.pid() + " is no JVM that answers: " : "cannot attach: ")
            + what,
        cause);
  }

  private boolean belongsToAnother() {
    Optional<String> user = process.info().user();
    return user.isPresent() && !user.equals(ProcessHandle.current().info().user());
  }
}

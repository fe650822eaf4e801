package org.quicksilver.agent;

import java.io.File;
import java.io.PrintWriter;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * The entry points of {@code quicksilver.jar}: as {@code -javaagent}, attached to a running JVM,
 * and as a command. Each only opens the isolated loader and goes on in there.
 *
 * <p>As an agent it never throws: what fails is said in one line on standard error, and the
 * application runs without us.
 */
public final class Launcher {

  private static final String STARTUP = "org.quicksilver.agent.start.Startup";
  private static final String COMMANDS = "org.quicksilver.cli.Cli";

  private static final int FAILED = 10;

  private Launcher() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, false);
  }

  /** Called by the JVM when the agent is attached later. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, true);
  }

  private static void start(String arguments, Instrumentation instrumentation, boolean late) {
    try {
      File jar = jar();
      Class<?> startup = new IsolatedLoader(jar).loadClass(STARTUP);
      @SuppressWarnings("unchecked")
      BiConsumer<Instrumentation, Object[]> start =
          (BiConsumer<Instrumentation, Object[]>) startup.getConstructor().newInstance();
      start.accept(instrumentation, new Object[] {arguments, jar, late});
    } catch (SecurityException e) {
      report(e, "; in the security policy, grant the agent's jar java.security.AllPermission");
    } catch (Throwable e) {
      report(e, "");
    }
  }

  private static void report(Throwable e, String advice) {
    System.err.println(
        "quicksilver: not started, the application runs without it: "
            + (e.getMessage() == null ? e.toString() : e.getMessage())
            + advice);
  }

  /** Runs a command; see {@code java -jar quicksilver.jar --help}. */
  public static void main(String[] arguments) throws Exception {
    IsolatedLoader loader = new IsolatedLoader(jar());
    Thread.currentThread().setContextClassLoader(loader);
    Method run =
        loader
            .loadClass(COMMANDS)
            .getMethod("run", String[].class, PrintWriter.class, PrintWriter.class);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(run, arguments, out, err);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static int run(Method run, String[] arguments, PrintWriter out, PrintWriter err)
      throws Exception {
    try {
      return (int) run.invoke(null, arguments, out, err);
    } catch (InvocationTargetException e) {
      err.println("quicksilver: " + e.getTargetException());
      return FAILED;
    }
  }

  private static File jar() throws Exception {
    return new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

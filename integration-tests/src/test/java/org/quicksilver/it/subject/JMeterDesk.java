package org.quicksilver.it.subject;

import java.awt.Window;
import java.awt.event.ActionEvent;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.SplashScreen;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.gui.JMeterGUIComponent;
import org.apache.jmeter.gui.MainFrame;
import org.apache.jmeter.gui.action.Load;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.testelement.TestElement;

/**
 * JMeter's editor with two of its own test plans: every element of them is shown and saved: {@code
 * <directory>}. Waits for a line with all of it on the display, then ends.
 */
public final class JMeterDesk {

  private static final List<String> PLANS =
      List.of("build-web-test-plan.jmx", "build-adv-web-test-plan.jmx");

  private final Path home;

  private JMeterDesk(Path home) {
    this.home = home;
  }

  /** Runs to the end. */
  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    System.setProperty("jmeter.home", args[0]);
    System.setProperty("awt.useSystemAAFontSettings", "on");
    JMeterDesk desk = new JMeterDesk(Path.of(args[0]));
    desk.unpack();
    desk.start();
    for (String plan : PLANS) {
      SwingUtilities.invokeAndWait(() -> desk.show(plan));
    }
    System.out.println("ready");
    Stdin.await();
    SwingUtilities.invokeAndWait(() -> Arrays.stream(Window.getWindows()).forEach(Window::dispose));
    System.exit(0);
  }

  /** Its settings and plans come in a jar. */
  private void unpack() throws IOException {
    try (JarFile jar = new JarFile(jar("ApacheJMeter_config"))) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        Path file = home.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
    for (String directory : List.of("lib/ext", "lib/junit")) {
      Files.createDirectories(home.resolve(directory));
    }
  }

  private static File jar(String name) {
    return jars().stream().filter(jar -> jar.contains(name)).map(File::new).findFirst().get();
  }

  private static List<String> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> jar.contains("ApacheJMeter"))
        .toList();
  }

  private void start() throws InterruptedException {
    new JMeter()
        .start(
            new String[] {
              "-d",
              home.toString(),
              "-p",
              home.resolve("bin/jmeter.properties").toString(),
              "-j",
              home.resolve("jmeter.log").toString(),
              "-Jjmeter.laf=CrossPlatform",
              "-Jsearch_paths=" + String.join(";", jars()),
            });
    while (!isAtItsEnd()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** It shows its window before it has filled it, and goes on with that in several steps. */
  private static boolean isAtItsEnd() {
    return mainFrame() != null
        && mainFrame().isShowing()
        && mainFrame().getTree().getSelectionCount() > 0
        && Arrays.stream(Window.getWindows())
            .noneMatch(w -> w instanceof SplashScreen && w.isShowing());
  }

  private static MainFrame mainFrame() {
    GuiPackage gui = GuiPackage.getInstance();
    return gui == null ? null : gui.getMainFrame();
  }

  private void show(String plan) {
    try {
      File file = home.resolve("bin/templates").resolve(plan).toFile();
      GuiPackage.getInstance().clearTestPlan();
      Load.insertLoadedTree(ActionEvent.ACTION_PERFORMED, SaveService.loadTree(file), false);
      JTree tree = mainFrame().getTree();
      long saved = 0;
      for (int row = 0; row < tree.getRowCount(); row++) {
        tree.expandRow(row);
        tree.setSelectionRow(row);
        JMeterGUIComponent shown = GuiPackage.getInstance().getCurrentGui();
        System.out.println(row + " " + shown.getStaticLabel() + ": " + shown.getName());
        saved += save(shown.createTestElement());
      }
      System.out.println(plan + ": " + saved + ", " + mainFrame().getTitle());
    } catch (Exception e) {
      throw new IllegalStateException(plan, e);
    }
  }

  private long save(TestElement element) throws IOException {
    Path file = home.resolve("saved");
    try (OutputStream out = Files.newOutputStream(file)) {
      SaveService.saveElement(element, out);
    }
    return Files.size(file);
  }
}

package org.quicksilver.it.subject;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prints what a program can see of the JVM it is in: {@code <class, or resource, or package>...}.
 */
public final class Surroundings {

  private Surroundings() {}

  /** Looks around. */
  public static void main(String[] args) throws IOException {
    properties();
    threads();
    packages();
    for (String name : args) {
      if (name.contains("/")) {
        resources(name);
      } else {
        classNamed(name);
      }
    }
    services();
    modules();
  }

  private static void properties() {
    Properties properties = System.getProperties();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      System.out.println("property " + name + "=" + properties.getProperty(name).strip());
    }
  }

  private static void threads() {
    Map<String, String> threads = new TreeMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      threads.merge(
          "thread " + thread.getName(),
          " daemon=" + thread.isDaemon() + " loader=" + thread.getContextClassLoader(),
          String::concat);
    }
    threads.forEach((name, rest) -> System.out.println(name + " " + identityFree(rest)));
  }

  private static void packages() {
    TreeSet<String> names = new TreeSet<>();
    for (Package each : ClassLoader.getSystemClassLoader().getDefinedPackages()) {
      names.add(each.getName());
    }
    names.forEach(name -> System.out.println("package " + name));
  }

  private static void classNamed(String name) {
    String found = "";
    for (ClassLoader loader :
        new ClassLoader[] {
          null, ClassLoader.getPlatformClassLoader(), ClassLoader.getSystemClassLoader()
        }) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        found += " " + identityFree(String.valueOf(type.getClassLoader()));
      } catch (ClassNotFoundException | LinkageError e) {
        found += " " + e.getClass().getSimpleName();
      }
    }
    System.out.println("class " + name + found);
  }

  private static void resources(String name) throws IOException {
    List<URL> found = Collections.list(ClassLoader.getSystemResources(name));
    System.out.println("resource " + name + " " + found);
  }

  private static void services() {
    for (Class<?> service :
        new Class<?>[] {
          java.nio.file.spi.FileSystemProvider.class,
          java.security.Provider.class,
          java.util.spi.ToolProvider.class
        }) {
      TreeSet<String> names = new TreeSet<>();
      ServiceLoader.load(service).forEach(provider -> names.add(provider.getClass().getName()));
      System.out.println("service " + service.getName() + " " + names);
    }
  }

  private static void modules() {
    TreeSet<String> lines = new TreeSet<>();
    Module ours = Surroundings.class.getModule();
    for (Module module : ModuleLayer.boot().modules()) {
      for (String name : new TreeSet<>(module.getPackages())) {
        if (module.isOpen(name, ours)) {
          lines.add("open " + module.getName() + "/" + name);
        }
      }
      lines.add("module " + module.getName());
    }
    lines.forEach(System.out::println);
  }

  private static String identityFree(String text) {
    return text.replaceAll("@[0-9a-f]+", "@");
  }
}

package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program to be started in a JVM of its own. */
final class JavaProgram implements Program {

  private final String name;
  private final Jdk jdk;
  private final List<String> program;
  private final List<String> jvmOptions = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private List<String> launcher = List.of();
  private String classPath = ClassPath.of();
  private Path directory = Path.of("").toAbsolutePath();

  private JavaProgram(String name, Jdk jdk, List<String> program) {
    this.name = name;
    this.jdk = jdk;
    this.program = program;
  }

  /** A main class of the subjects. */
  static JavaProgram of(Jdk jdk, Class<?> main) {
    return new JavaProgram(main.getSimpleName(), jdk, List.of(main.getName()));
  }

  /** A main class named by text, for class paths that are not ours. */
  static JavaProgram of(Jdk jdk, String main) {
    return new JavaProgram(main.substring(main.lastIndexOf('.') + 1), jdk, List.of(main));
  }

  /** An executable jar. */
  static JavaProgram jar(Jdk jdk, Path jar) {
    return new JavaProgram("jar", jdk, List.of("-jar", jar.toString()));
  }

  /** Which of the tests' libraries it needs, by the first letters of their file names. */
  JavaProgram libraries(String... libraries) {
    return classPath(ClassPath.of(libraries));
  }

  /** For programs that are built of many. */
  JavaProgram everyLibrary() {
    return classPath(ClassPath.whole());
  }

  JavaProgram classPath(String path) {
    classPath = path;
    return this;
  }

  JavaProgram agent(Agent agent) {
    return option(agent.jvmOption());
  }

  JavaProgram option(String... options) {
    jvmOptions.addAll(List.of(options));
    return this;
  }

  /** For programs that do little: they start faster, and would run slower. */
  JavaProgram quick() {
    return option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  JavaProgram arguments(Object... more) {
    Arrays.stream(more).map(String::valueOf).forEach(arguments::add);
    return this;
  }

  JavaProgram environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Started by that command, which is given ours as arguments. */
  JavaProgram within(String... words) {
    launcher = List.of(words);
    return this;
  }

  JavaProgram in(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RunningProgram start(Path outputs) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(jdk.java().toString());
    // Many of these are killed, and leave there what they would have deleted.
    command.add("-Djava.io.tmpdir=" + outputs.toAbsolutePath().getParent());
    command.addAll(jvmOptions);
    if (!program.get(0).equals("-jar")) {
      command.addAll(List.of("-cp", classPath));
    }
    command.addAll(program);
    command.addAll(arguments);
    ProcessBuilder builder = Program.builder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    return RunningProgram.start(builder, outputs);
  }
}

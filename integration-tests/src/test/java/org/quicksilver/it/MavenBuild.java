package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The Maven that runs the tests, offline, building a project.
 *
 * @param jdk what it runs on
 * @param project directory of the project
 * @param options for its JVM; may be empty
 */
record MavenBuild(Jdk jdk, Path project, String options) implements Program {

  @Override
  public String name() {
    return "mvn";
  }

  @Override
  public RunningProgram start(Path outputs) throws IOException {
    ProcessBuilder builder =
        Program.builder(
            List.of(
                Places.maven().resolve("bin/mvn").toString(),
                "-o",
                "-q",
                "-B",
                "-Dmaven.repo.local=" + Places.repository(),
                "package"));
    builder.directory(project.toFile());
    builder.environment().put("JAVA_HOME", jdk.home().toString());
    builder.environment().put("MAVEN_OPTS", options);
    // Not the settings of whoever runs the tests.
    builder.environment().put("MAVEN_SKIP_RC", "true");
    return RunningProgram.start(builder, outputs);
  }
}

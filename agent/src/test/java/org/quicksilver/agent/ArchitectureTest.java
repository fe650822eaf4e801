package org.quicksilver.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of {@code runtime/ARCHITECTURE.md} within the agent. */
@AnalyzeClasses(
    packages = "org.quicksilver.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule whatTheApplicationSeesUsesNothingButTheJdk =
      classes()
          .that()
          .resideInAPackage("org.quicksilver.agent")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify.annotations", "org.quicksilver.agent");

  @ArchTest
  static final ArchRule theBridgeUsesNothingThatTheBootLoaderHasNot =
      classes()
          .that()
          .resideInAPackage("org.quicksilver.agent.bridge")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang",
              "java.io",
              "org.jspecify.annotations",
              "org.quicksilver.agent.bridge",
              "java.util.function");

  @ArchTest
  static final ArchRule onlyInstrumentUsesByteBuddy =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.quicksilver.agent.instrument")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.bytebuddy..");

  @ArchTest
  static final ArchRule instrumentKnowsOnlyTheBridge =
      noClasses()
          .that()
          .resideInAPackage("org.quicksilver.agent.instrument")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.quicksilver.agent.track",
              "org.quicksilver.agent.link",
              "org.quicksilver.agent.start",
              "org.quicksilver.transaction",
              "org.quicksilver.comm");

  @ArchTest
  static final ArchRule trackKnowsNothingAboveIt =
      noClasses()
          .that()
          .resideInAPackage("org.quicksilver.agent.track")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.quicksilver.agent.link",
              "org.quicksilver.agent.instrument",
              "org.quicksilver.agent.start",
              "org.quicksilver.comm");

  @ArchTest
  static final ArchRule nobodyKnowsStart =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.quicksilver.agent.start")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.quicksilver.agent.start");

  /** Advice goes into classes of the application, and names the types that these know. */
  @ArchTest
  static final ArchRule theLibrariesOfTheNodeAreNotForTheAgent =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.instrument\\.(Native|Request)Advice.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "net.openhft..", "picocli..", "com.google.gson..");
}

package org.quicksilver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of {@code ARCHITECTURE.md}. */
@AnalyzeClasses(packages = "org.quicksilver", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule everyPackageUsesOnlyWhatStandsBelowIt =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("cli")
          .definedBy("org.quicksilver.cli..")
          .layer("api")
          .definedBy("org.quicksilver")
          .layer("node")
          .definedBy("org.quicksilver.node..")
          .layer("local")
          .definedBy("org.quicksilver.local..")
          .layer("log")
          .definedBy("org.quicksilver.log..")
          .layer("comm")
          .definedBy("org.quicksilver.comm..")
          .layer("handle")
          .definedBy("org.quicksilver.handle..")
          .layer("transaction")
          .definedBy("org.quicksilver.transaction..")
          .layer("statistics")
          .definedBy("org.quicksilver.statistics..")
          .layer("config")
          .definedBy("org.quicksilver.config..")
          .layer("thread")
          .definedBy("org.quicksilver.thread..")
          .layer("memory")
          .definedBy(
              "org.quicksilver.memory",
              "org.quicksilver.memory.storage..",
              "org.quicksilver.memory.lrvm..",
              "org.quicksilver.memory.vista..")
          .layer("queue")
          .definedBy("org.quicksilver.queue")
          .layer("queue protocol")
          .definedBy("org.quicksilver.queue.protocol..")
          .layer("memory participant")
          .definedBy("org.quicksilver.memory.participant..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("api")
          .mayOnlyAccessLayers("comm", "handle", "transaction", "config")
          .whereLayer("node")
          .mayOnlyAccessLayers("log", "comm", "handle", "transaction", "statistics", "config")
          .whereLayer("local")
          .mayOnlyAccessLayers("log", "transaction")
          .whereLayer("log")
          .mayOnlyAccessLayers("handle", "transaction", "statistics", "config", "thread")
          .whereLayer("comm")
          .mayOnlyAccessLayers("handle", "transaction", "config", "thread")
          .whereLayer("handle")
          .mayOnlyAccessLayers("transaction", "config")
          .whereLayer("transaction")
          .mayNotAccessAnyLayer()
          .whereLayer("statistics")
          .mayNotAccessAnyLayer()
          .whereLayer("config")
          .mayNotAccessAnyLayer()
          .whereLayer("thread")
          .mayNotAccessAnyLayer()
          .whereLayer("memory")
          .mayOnlyAccessLayers("thread")
          .whereLayer("queue")
          .mayOnlyAccessLayers("api", "queue protocol", "comm", "transaction", "statistics")
          .whereLayer("queue protocol")
          .mayOnlyAccessLayers("transaction")
          .whereLayer("memory participant")
          .mayOnlyAccessLayers("api", "transaction", "memory");

  @ArchTest
  static final ArchRule everyClassIsInOneOfThesePackages =
      classes()
          .should()
          .resideInAnyPackage(
              "org.quicksilver",
              "org.quicksilver.cli..",
              "org.quicksilver.node..",
              "org.quicksilver.local..",
              "org.quicksilver.log..",
              "org.quicksilver.comm..",
              "org.quicksilver.handle..",
              "org.quicksilver.transaction..",
              "org.quicksilver.memory..",
              "org.quicksilver.queue..",
              "org.quicksilver.statistics..",
              "org.quicksilver.config..",
              "org.quicksilver.thread..");

  @ArchTest
  static final ArchRule theCoreKnowsNoClockNoThreadNoChanceAndNoFile =
      noClasses()
          .that()
          .resideInAnyPackage("org.quicksilver.transaction..", "org.quicksilver.queue.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio.file..",
              "java.nio.channels..",
              "java.net..",
              "java.util.concurrent..",
              "java.util.random..",
              "java.security..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Random.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule theInterfaceOfMemoryKnowsNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.quicksilver.memory",
              "org.quicksilver.memory.storage..",
              "org.quicksilver.memory.participant..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.quicksilver.memory.lrvm..", "org.quicksilver.memory.vista..");

  @ArchTest
  static final ArchRule oneEngineOfMemoryKnowsNothingOfTheOther =
      slices().matching("org.quicksilver.memory.(lrvm|vista)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule theNodesDirectoryOfQueuesKnowsNothingOfTheNode =
      noClasses()
          .that()
          .resideInAPackage("org.quicksilver.node.queue..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.quicksilver.node");

  @ArchTest static final ArchRule onlyCommUsesNetty = only("comm", "io.netty..");

  @ArchTest static final ArchRule onlyLogUsesChronicle = only("log", "net.openhft..");

  @ArchTest
  static final ArchRule onlyStatisticsUsesHistograms = only("statistics", "org.HdrHistogram..");

  @ArchTest static final ArchRule onlyCliUsesPicocli = only("cli", "picocli..");

  private static ArchRule only(String user, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("org.quicksilver." + user + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}

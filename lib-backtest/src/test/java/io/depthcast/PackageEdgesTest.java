package io.depthcast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.depthcast", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageEdgesTest {

  private static final String[] BACKTEST = {
    "io.depthcast.walkforward..",
    "io.depthcast.execution..",
    "io.depthcast.costs..",
    "io.depthcast.metrics.."
  };

  @ArchTest
  static final ArchRule noEngineNoJobsNoModels =
      noClasses()
          .that()
          .resideInAnyPackage(BACKTEST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "io.delta..",
              "io.depthcast.jobs..",
              "io.depthcast.deep..",
              "io.depthcast.trees..",
              "io.depthcast.bayes..",
              "io.depthcast.linear..",
              "io.depthcast.stacking..",
              "io.depthcast.calibration..",
              "io.depthcast.scores..",
              "io.depthcast.audit..");

  @ArchTest
  static final ArchRule noFilesNoClockNoPrinting =
      noClasses()
          .that()
          .resideInAnyPackage(BACKTEST)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(File.*|Print.*)|java\\.nio\\.file\\..*|java\\.time\\.(Clock|Instant)"
                  + "|java\\.util\\.(Random|concurrent\\.ThreadLocalRandom)")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule foldsStandAlone =
      noClasses()
          .that()
          .resideInAPackage("io.depthcast.walkforward..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.depthcast.book..",
              "io.depthcast.execution..",
              "io.depthcast.costs..",
              "io.depthcast.metrics..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("io.depthcast.(*)..").should().beFreeOfCycles();
}

package io.depthcast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.depthcast.models.ForecastModel;

@AnalyzeClasses(packages = "io.depthcast", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageEdgesTest {

  @ArchTest
  static final ArchRule sparkIsForFittingOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.depthcast.training",
              "io.depthcast.linear",
              "io.depthcast.trees",
              "io.depthcast.networks",
              "io.depthcast.calibration")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule modelsScoreWithoutSpark =
      noClasses()
          .that()
          .implement(ForecastModel.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "ml.dmlc.xgboost4j.scala..");

  @ArchTest
  static final ArchRule xgboostIsInTreesOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.depthcast.trees")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ml.dmlc..");

  @ArchTest
  static final ArchRule nd4jIsInDeepOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.depthcast.deep")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule theContractKnowsNobody =
      classes()
          .that()
          .resideInAPackage("io.depthcast.models")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.depthcast.models", "java..");

  @ArchTest
  static final ArchRule scoresKnowTheContractOnly =
      classes()
          .that()
          .resideInAPackage("io.depthcast.scores")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.depthcast.scores", "io.depthcast.models", "java..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("io.depthcast.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingKnowsTheBacktestOrTheJobs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.depthcast.jobs..",
              "io.depthcast.walkforward..",
              "io.depthcast.execution..",
              "io.depthcast.costs..",
              "io.depthcast.metrics..");
}

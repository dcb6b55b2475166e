package io.depthcast.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.depthcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule librariesKnowNoJob =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.depthcast.jobs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.depthcast.jobs..");

  @ArchTest
  static final ArchRule onlyTheLakeKnowsDelta =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.depthcast.jobs.table..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule onlyTheCommandLineExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Depthcast.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(JobMain.class.getName())
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  /** It keeps a library from printing. */
  private static final String SILENCES_ND4J = "io.depthcast.deep.QuietGradients";

  @ArchTest
  static final ArchRule onlyTheConsolePrints =
      noClasses()
          .that()
          .resideInAPackage("io.depthcast..")
          .and()
          .doNotHaveFullyQualifiedName(Console.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(Depthcast.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(SILENCES_ND4J)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  /**
   * A stage reaches another only through tables; what runs stages in order is no stage, nor are the
   * auditor, the search and the explanation of models, which do parts of a train run by the code of
   * training.
   */
  @ArchTest
  static final ArchRule stagesDoNotKnowEachOther =
      com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices()
          .matching(
              "io.depthcast.jobs.(ingest|quality|replicate|features|explore|train|ensemble|backtest|report)..")
          .should()
          .notDependOnEachOther();
}

package io.depthcast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.depthcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theBookStandsAlone =
      classes()
          .that()
          .resideInAPackage("io.depthcast.book..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.depthcast.book..", "java..");

  @ArchTest
  static final ArchRule librariesKnowNoJob =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.depthcast.jobs..");

  @ArchTest
  static final ArchRule librariesKnowNoSpark =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.depthcast.(*)..").should().beFreeOfCycles();
}

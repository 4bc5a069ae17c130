package org.tacit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The order of this module's packages: tables and reading know nothing of jobs, nor do
 * configurations, results and experiments.
 */
@AnalyzeClasses(packages = "org.tacit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule tablesDoNotKnowJobs =
      noClasses()
          .that()
          .resideInAnyPackage("org.tacit.spark..", "org.tacit.data..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tacit.job..");

  @ArchTest
  static final ArchRule runningDoesNotKnowReading =
      noClasses()
          .that()
          .resideInAPackage("org.tacit.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tacit.data..");

  /** Parsing, surveys, checks, splits and layouts are the same with Spark and without. */
  @ArchTest
  static final ArchRule fewClassesOfReadingKnowSpark =
      noClasses()
          .that()
          .resideInAPackage("org.tacit.data..")
          .and()
          .haveNameNotMatching(
              "org\\.tacit\\.data\\.(TableReader|Opening|Source|TextSource|Frame.*|SparkRows|SeenRows)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.tacit.spark..", "scala..");

  @ArchTest
  static final ArchRule experimentsAreUsersOfTheLibrary =
      noClasses()
          .that()
          .resideInAnyPackage("org.tacit.experiment..", "org.tacit.config..", "org.tacit.result..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tacit.job..");

  @ArchTest
  static final ArchRule coreKnowsNeitherTablesOnSparkNorJobs =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.tacit.spark..",
              "org.tacit.data..",
              "org.tacit.job..",
              "org.tacit.config..",
              "org.tacit.result..",
              "org.tacit.experiment..")
          .and()
          .doNotHaveFullyQualifiedName("org.tacit.sweep.Candidates") // Sobol's sequence
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tacit.spark..", "org.tacit.data..", "org.tacit.job..", "org.apache..");
}

package dev.titan.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A third-party library is imported in one package only. */
@AnalyzeClasses(packages = "dev.titan.benchmarks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule usesDockerJavaInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.titan.benchmarks.engine")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule keepsTheReportFreeOfWhatIsMeasured = noClasses()
            .that()
            .resideInAPackage("dev.titan.benchmarks.report")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.titan.sandbox..", "dev.titan.benchmarks.sandbox..");
}

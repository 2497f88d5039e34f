package dev.titan.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each foreign library is known to one package, so that replacing it stays a day's work. */
@AnalyzeClasses(packages = "dev.titan.activities", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule keepsTheProvidersClientsInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.titan.activities.chat")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.langchain4j..");

    @ArchTest
    static final ArchRule keepsTheSchemaGeneratorInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.titan.activities.tool")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.victools..");
}

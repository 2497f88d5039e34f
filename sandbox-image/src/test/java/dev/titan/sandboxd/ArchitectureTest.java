package dev.titan.sandboxd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What listens knows Netty; the rest of the daemon does not know how it is reached. */
@AnalyzeClasses(packages = "dev.titan.sandboxd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule keepsNettyWhereItListens = noClasses()
            .that()
            .resideOutsideOfPackages("dev.titan.sandboxd.http", "dev.titan.sandboxd.egress")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");
}

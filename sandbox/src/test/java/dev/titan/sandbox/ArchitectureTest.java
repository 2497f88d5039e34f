package dev.titan.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each foreign library is known to one package, so that replacing it stays a day's work. */
@AnalyzeClasses(packages = "dev.titan.sandbox", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule keepsTheContainerEngineInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.titan.sandbox.docker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule keepsTheKubernetesClientInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.titan.sandbox.kubernetes")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..");

    @ArchTest
    static final ArchRule keepsNettyInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.titan.sandbox.egress")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    /** The proxy looks names up in one place and connects in one place; a second one would not be judged. */
    @ArchTest
    static final ArchRule looksNamesUpInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.titan.sandbox.egress.EgressNetwork")
            .should()
            .callMethod("java.net.InetAddress", "getByName", "java.lang.String")
            .orShould()
            .callMethod("java.net.InetAddress", "getAllByName", "java.lang.String");
}

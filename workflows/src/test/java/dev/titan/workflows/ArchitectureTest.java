package dev.titan.workflows;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Workflow code must give the same commands whenever its history is replayed. */
@AnalyzeClasses(packages = "dev.titan.workflows", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule takesTimeFromTemporalAlone = noClasses()
            .should()
            .callMethod("java.lang.System", "currentTimeMillis")
            .orShould()
            .callMethod("java.lang.System", "nanoTime")
            .orShould()
            .callMethod("java.time.Instant", "now")
            .orShould()
            .callMethod("java.time.LocalDateTime", "now");

    @ArchTest
    static final ArchRule takesRandomnessFromTemporalAlone = noClasses()
            .should()
            .callMethod("java.util.UUID", "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .callMethod("java.lang.Math", "random");

    @ArchTest
    static final ArchRule startsNoThreads = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..");

    @ArchTest
    static final ArchRule doesNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.sql..");
}

package org.nagumo.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The walls of the house: who may know whom. */
@AnalyzeClasses(packages = "org.nagumo", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NOBODY = noClasses().that().resideInAPackage("org.nagumo.core..")
            .should().dependOnClassesThat().resideInAnyPackage("org.nagumo.datagen..", "org.nagumo.experiments..");

    @ArchTest
    static final ArchRule DATAGEN_DOES_NOT_KNOW_EXPERIMENTS = noClasses().that()
            .resideInAPackage("org.nagumo.datagen..").should().dependOnClassesThat()
            .resideInAPackage("org.nagumo.experiments..");

    @ArchTest
    static final ArchRule DYNAMICS_KNOWS_NO_NETWORK_AND_NO_FILE = noClasses().that()
            .resideInAnyPackage("org.nagumo.core.dynamics..", "org.nagumo.core.interval..",
                    "org.nagumo.core.bifurcation..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "java.io..", "java.nio.file..",
                    "org.nagumo.core.gru..");

    @ArchTest
    static final ArchRule MEASURING_KNOWS_NO_NETWORK_AND_NO_DRAWING = noClasses().that()
            .resideInAnyPackage("org.nagumo.experiments.spikes..", "org.nagumo.experiments.evaluate..")
            .should().dependOnClassesThat().resideInAnyPackage("org.deeplearning4j..", "org.knowm..",
                    "org.nagumo.experiments.network..", "org.nagumo.experiments.train..",
                    "org.nagumo.experiments.report..");

    @ArchTest
    static final ArchRule REPORTS_DO_NOT_SIMULATE_OR_TRAIN = noClasses().that()
            .resideInAPackage("org.nagumo.experiments.report..").should().dependOnClassesThat()
            .resideInAPackage("org.nagumo.experiments.train..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PARSES = noClasses().that()
            .resideOutsideOfPackage("org.nagumo.experiments.cli..").should().dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule ONLY_BENCHMARKS_MEASURE_TIME = noClasses().that()
            .resideOutsideOfPackage("org.nagumo.experiments.benchmark..").should().dependOnClassesThat()
            .resideInAPackage("org.openjdk.jmh..");

    @ArchTest
    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices().matching("org.nagumo.(**)").should()
            .beFreeOfCycles();
}

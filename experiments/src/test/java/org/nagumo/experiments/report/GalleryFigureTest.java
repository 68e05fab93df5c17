package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nagumo.core.gru.GruGallery;
import org.nagumo.experiments.dynamics.Gallery;
import org.nagumo.experiments.dynamics.PortraitRecord;

/** The gallery shows what its list says. */
class GalleryFigureTest {

    @Test
    void everyExampleIsDrawnWithAllItsEquilibriaAndTheCyclesOfThoseThatHaveThem() {
        List<PortraitRecord> portraits = Gallery.portraits();
        List<GruGallery.Example> examples = GruGallery.all();
        assertThat(portraits).hasSameSizeAs(examples);
        for (int k = 0; k < examples.size(); k++) {
            GruGallery.Example example = examples.get(k);
            PortraitRecord portrait = portraits.get(k);
            assertThat(portrait.complete()).isTrue();
            if (example.bifurcations().isEmpty()) {
                assertThat(portrait.equilibria()).hasSize(example.sinks() + example.saddles() + example.sources());
            } else {
                assertThat(portrait.limitCycles()).as(example.name()).hasSize(1);
                assertThat(portrait.limitCycles().get(0).stable()).isEqualTo(example.name().startsWith("stable"));
            }
        }
        assertThat(portraits.get(0).limitCycles()).hasSize(1);
        Figure figure = GalleryFigure.draw(portraits);
        assertThat(figure.name()).isEqualTo("gallery");
        assertThat(figure.png()).isNotEmpty();
    }
}

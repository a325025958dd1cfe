package countinghouse.billing.verify;

import countinghouse.kit.config.Settings;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens an {@link EvidenceSource}; found by {@link ServiceLoader}. */
public interface EvidenceProvider {
    EvidenceSource open(Settings settings);

    /** The source of the provider on the class path, if there is one. */
    static Optional<EvidenceSource> find(Settings settings) {
        return ServiceLoader.load(EvidenceProvider.class).findFirst().map(provider -> provider.open(settings));
    }
}

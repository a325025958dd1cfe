package countinghouse.metering.meter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The meters of one version of the configuration. */
public final class MeterCatalog {
    private static final String STANDARD = "/meters.yaml";

    private final int version;
    private final Map<String, Meter> bySlug;
    private final List<Meter> meters;

    public MeterCatalog(int version, List<Meter> meters) {
        this.version = version;
        this.meters = List.copyOf(meters);
        this.bySlug = meters.stream().collect(Collectors.toUnmodifiableMap(Meter::slug, Function.identity()));
    }

    /** The meters that ship with this build. */
    public static MeterCatalog standard() {
        try (InputStream yaml = MeterCatalog.class.getResourceAsStream(STANDARD)) {
            return MeterYaml.read(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int version() {
        return version;
    }

    /** Every meter, in the order of the file. */
    public List<Meter> meters() {
        return meters;
    }

    public Optional<Meter> meter(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }
}

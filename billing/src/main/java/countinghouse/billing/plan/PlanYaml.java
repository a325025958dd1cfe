package countinghouse.billing.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import countinghouse.metering.meter.MeterCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code plans.yaml}: currencies, which meters are billed, and plan versions. */
public final class PlanYaml {
    private static final String SAMPLES = "/plans.yaml";

    private PlanYaml() {}

    /**
     * The plans in the file that {@code billing.plans} names; without it, the sample plans of this build, which know its meters only: those
     * that a deployment adds are not billed by them.
     */
    public static PlanFile load(Settings settings, MeterCatalog meters) {
        Optional<Path> file = settings.find("billing.plans").map(Path::of);
        try (InputStream yaml =
                file.isPresent() ? Files.newInputStream(file.get()) : PlanYaml.class.getResourceAsStream(SAMPLES)) {
            return read(yaml, meters, file.isPresent() ? meters : MeterCatalog.standard());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "Cannot read the plans of 'billing.plans' (%s): %s".formatted(file.orElse(Path.of(SAMPLES)), e));
        }
    }

    /**
     * The plans in a YAML document.
     *
     * @throws PlanException if it is not valid, or a meter is neither billed nor declared as not billed
     */
    public static PlanFile read(InputStream yaml, MeterCatalog meters) throws IOException {
        return read(yaml, meters, meters);
    }

    private static PlanFile read(InputStream yaml, MeterCatalog meters, MeterCatalog toDeclare) throws IOException {
        Fields root = new Fields(new YAMLMapper().readTree(yaml), "The plans");
        JsonNode currencies = root.node("currencies");
        Set<String> billed = meterNames(root.node("billed_meters"), meters);
        Set<String> unbilled = meterNames(root.node("unbilled_meters"), meters);
        toDeclare.meters().forEach(meter -> {
            if (billed.contains(meter.slug()) == unbilled.contains(meter.slug())) {
                throw new PlanException(
                        "The meter '%s' must be in one of billed_meters and unbilled_meters".formatted(meter.slug()));
            }
        });
        List<PlanVersion> versions = new ArrayList<>();
        for (JsonNode plan : root.node("plans")) {
            PlanVersion version = PlanReader.read(withScale(plan, currencies));
            version.items().forEach(item -> item.meter().ifPresent(meter -> requireKnown(meter, meters)));
            versions.add(version);
        }
        root.finish();
        return new PlanFile(PlanCatalog.complete(versions, billed), billed);
    }

    /** The scale goes into the plan, so that a stored plan needs nothing else to be rated again. */
    private static ObjectNode withScale(JsonNode plan, JsonNode currencies) {
        String code = new Fields(plan, "The plan").text("currency");
        if (!currencies.path(code).isInt()) {
            throw new PlanException("The currency '%s' has no scale in 'currencies'".formatted(code));
        }
        ObjectNode complete = plan.deepCopy();
        complete.putObject("currency")
                .put("code", code)
                .put("scale", currencies.get(code).asInt());
        return complete;
    }

    private static Set<String> meterNames(JsonNode nodes, MeterCatalog meters) {
        Set<String> names = new HashSet<>();
        nodes.forEach(node -> {
            requireKnown(node.asText(), meters);
            names.add(node.asText());
        });
        return names;
    }

    private static void requireKnown(String meter, MeterCatalog meters) {
        if (meters.meter(meter).isEmpty()) {
            throw new PlanException("The plans name the meter '%s', which does not exist".formatted(meter));
        }
    }
}

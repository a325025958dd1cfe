package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.ingestion.explode.AdExplosion;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.ViewEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The ads in a view's {@code ad_views[]}, as ad events. */
final class ViewAds {
    private static final String FIELD = "ad_views";
    private static final DataField AD_ID = field("ad_id");
    private static final DataField REVENUE = field("revenue");
    private static final DataField COMPLETED = field("completed");
    private static final DataField ADVERTISER = new DataField(
            new Schema.Field("advertiser", Schema.create(Schema.Type.STRING), "the account", (Object) null));

    private ViewAds() {}

    /**
     * The events of a view's ads.
     *
     * @throws InvalidEventException if the array is none, too long, or one of its ads is incomplete
     */
    static List<AdEvent> explode(ViewEvent view, JsonNode data) {
        JsonNode ads = data.path(FIELD);
        if (ads.isMissingNode() || ads.isNull()) {
            return List.of();
        }
        if (!ads.isArray()) {
            throw new InvalidEventException("type", FIELD, "'%s' must be an array".formatted(FIELD));
        }
        if (ads.size() > AdExplosion.MAX_ADS) {
            throw new InvalidEventException(
                    "size",
                    FIELD,
                    "'%s' has %d ads; at most %d are allowed".formatted(FIELD, ads.size(), AdExplosion.MAX_ADS));
        }
        List<AdEvent> events = new ArrayList<>(ads.size());
        for (int i = 0; i < ads.size(); i++) {
            events.add(explode(view, ads.get(i), FIELD + "[" + i + "]"));
        }
        return events;
    }

    private static AdEvent explode(ViewEvent view, JsonNode ad, String path) {
        if (!ad.isObject()) {
            throw new InvalidEventException("type", path, "'%s' must be a JSON object".formatted(path));
        }
        return AdExplosion.adEvent(
                view,
                (String) AD_ID.read(ad, path + ".ad_id"),
                (String) ADVERTISER.read(ad, path + ".advertiser"),
                (BigDecimal) REVENUE.read(ad, path + ".revenue"),
                (Boolean) COMPLETED.read(ad, path + ".completed"));
    }

    private static DataField field(String name) {
        return new DataField(AdEvent.getClassSchema().getField(name));
    }
}

package countinghouse.billing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.billing.alert.Alerts.AlertState;
import countinghouse.kit.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Alerts as the API and the commands show them. */
public final class AlertView {
    private AlertView() {}

    /** An alert with its deliveries by channel. */
    public static Map<String, Object> of(AlertState state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", state.alert().id());
        json.put("account", state.alert().account());
        json.put("period", state.alert().period());
        json.put("subject", state.alert().subject());
        json.put("threshold", state.alert().threshold());
        json.put("raisedAt", state.alert().raisedAt());
        try {
            json.put("payload", Json.mapper().readTree(state.alert().payload()));
            json.put("deliveries", Json.mapper().readTree(state.deliveries() == null ? "{}" : state.deliveries()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Alerts are stored as JSON", e);
        }
        return json;
    }
}

package countinghouse.local.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.kit.http.Json;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a result: null, a Boolean, a number, JSON, a list, a map, or a text. Decimals keep their digits, bytes are hexadecimal digits, and
 * times are what Trino writes.
 */
final class ResultValue {
    private ResultValue() {}

    static Object read(ResultSet rows, int column) throws SQLException {
        Object value =
                switch (rows.getMetaData().getColumnType(column)) {
                    case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> rows.getLong(column);
                    case Types.DECIMAL, Types.NUMERIC -> rows.getBigDecimal(column);
                    case Types.REAL, Types.DOUBLE -> finite(rows.getDouble(column));
                    case Types.BOOLEAN -> rows.getBoolean(column);
                    case Types.VARBINARY -> simple(rows.getBytes(column));
                    case Types.ARRAY, Types.JAVA_OBJECT -> simple(rows.getObject(column));
                    default -> text(rows, column);
                };
        return rows.wasNull() ? null : value;
    }

    /** A value for people: the text that CSV and tables have; empty for null. */
    static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : Json.text(value);
    }

    /** JSON has no word for infinity or for what is no number. */
    private static Object finite(double value) {
        return Double.isFinite(value) ? value : Double.toString(value);
    }

    private static Object text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        if (text == null || !rows.getMetaData().getColumnTypeName(column).equals("json")) {
            return text;
        }
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static Object simple(Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Array array) {
            return simple(array.getArray());
        }
        if (value instanceof Object[] elements) {
            List<Object> list = new ArrayList<>();
            for (Object element : elements) {
                list.add(simple(element));
            }
            return list;
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                map.put(entry.getKey().toString(), simple(entry.getValue()));
            }
            return map;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}

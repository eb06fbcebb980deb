import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads answers as a program with the generated classes does, and writes them again. Arguments: a file of lines, each the name of
 * a class, a blank and a JSON text. Prints for each line the class that it became, a blank and the JSON text of that object.
 */
public class ReadsAnswers {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper mapper = new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
        .configure(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, false)
        .setSerializationInclusion(JsonInclude.Include.NON_NULL);
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      int blank = line.indexOf(' ');
      Object read = mapper.readValue(line.substring(blank + 1), Class.forName("generated.dto." + line.substring(0, blank)));
      System.out.println(read.getClass().getSimpleName() + " " + mapper.writeValueAsString(read));
    }
  }
}

package io.depthcast.jobs;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command, also of one of two words. */
@Command(name = "help", helpCommand = true, description = "Show the help of a job.")
final class HelpCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "The job, such as ingest binance.")
  private List<String> words = List.of();

  @Override
  public void run() {
    CommandLine command = spec.parent().commandLine();
    for (String word : words) {
      Map<String, CommandLine> subcommands = command.getSubcommands();
      if (!subcommands.containsKey(word)) {
        throw new ParameterException(command, "No job '" + String.join(" ", words) + "'");
      }
      command = subcommands.get(word);
    }
    command.usage(spec.commandLine().getOut());
  }
}
